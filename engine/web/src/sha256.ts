/** SHA-256 (FIPS 180-4), synchronous: the browser's own is asynchronous, and `decide` may not wait. */

const ROUNDS = 64;

/** First 32 bits of the fractional part of a root of the first primes, by integer arithmetic. */
function fractions(count: number, root: 2 | 3): Int32Array {
  const result = new Int32Array(count);
  for (let prime = 2, found = 0; found < count; prime++) {
    if (isPrime(prime)) result[found++] = fractionOfRoot(BigInt(prime), BigInt(root));
  }
  return result;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
}

function fractionOfRoot(prime: bigint, root: bigint): number {
  const scaled = prime << (32n * root);
  let low = 0n;
  let high = prime << 32n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** root <= scaled) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

const START = fractions(8, 2);
const CONSTANTS = fractions(ROUNDS, 3);

/** The SHA-256 of `bytes` as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  const padded = pad(bytes);
  const view = new DataView(padded.buffer);
  const hash = Int32Array.from(START);
  const words = new Int32Array(ROUNDS);
  for (let offset = 0; offset < padded.length; offset += 64) {
    schedule(view, offset, words);
    compress(hash, words);
  }
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  return padded;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function schedule(view: DataView, offset: number, words: Int32Array): void {
  for (let index = 0; index < 16; index++) words[index] = view.getInt32(offset + 4 * index);
  for (let index = 16; index < ROUNDS; index++) {
    const early = at(words, index - 15);
    const late = at(words, index - 2);
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = small1 + at(words, index - 7) + small0 + at(words, index - 16);
  }
}

function compress(hash: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let round = 0; round < ROUNDS; round++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + at(CONSTANTS, round) + at(words, round)) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = at(hash, index) + word));
}
