// Figures in columns.

/** Median, 95th percentile and maximum. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => rounded(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]);
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}

export function rounded(value) {
  return Number(value.toFixed(1));
}

/** Prints rows of the same columns; the column `what` stands first, to the left. */
export function table(title, rows) {
  console.log(title);
  const columns = Object.keys(rows[0] ?? { what: "" });
  const width = Math.max(...rows.map((row) => row.what.length), 0);
  const line = (cells) => cells.map((cell, at) => (at === 0 ? String(cell).padEnd(width) : String(cell).padStart(10))).join(" ");
  console.log(line(columns.map((column) => (column === "what" ? "" : column))));
  for (const row of rows) console.log(line(columns.map((column) => row[column])));
  console.log();
}
