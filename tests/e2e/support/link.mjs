// Links with any content, as somebody who knows the codec makes them.

import { deflateRawSync } from "node:zlib";

/** A fragment that holds `file`, a text or bytes, with a checksum that fits. */
export function linkOf(file) {
  const bytes = Buffer.from(file);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return `#g1:${Buffer.concat([checksum.subarray(0, 3), deflateRawSync(bytes, { level: 9 })]).toString("base64url")}`;
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  }
  return ~crc >>> 0;
}
