/** A long code in groups of four, as people compare it with another: `09af 3c5e 77b1`. */
export function inFours(code: string): string {
  return code.match(/.{1,4}/g)?.join(" ") ?? code;
}
