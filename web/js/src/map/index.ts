// The map and the matrix: views that are loaded when one of them is opened for the first time.

import { GuardrailMap } from "./map";
import { GuardrailMatrix } from "./matrix";

customElements.define("guardrail-map", GuardrailMap);
customElements.define("guardrail-matrix", GuardrailMatrix);
