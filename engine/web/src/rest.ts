/** Fetches every piece that plans may need, so that they are on the phone when the network is not. */
export async function fetchEveryPiece(): Promise<void> {
  await Promise.all([
    import("./expressions/times.ts"), import("./expressions/further.ts"), import("./fields/further.ts"), import("./fields/signature.ts"),
  ]);
}
