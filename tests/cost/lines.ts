/** A line between a phone and the network, as Chromium imitates it. */
export type Line = {
  name: string;
  /** Bits a second towards the phone, and from it; nothing: as fast as the machine is. */
  down?: number;
  up?: number;
  /** Milliseconds from a request to the first byte of its answer. */
  roundTrip: number;
  /** How many times slower than this machine's the phone's processor is. */
  slower: number;
};

export const lines: Line[] = [
  { name: "slow 3G", down: 400_000, up: 400_000, roundTrip: 400, slower: 4 },
  { name: "2G", down: 240_000, up: 200_000, roundTrip: 800, slower: 4 },
  { name: "no limit", roundTrip: 0, slower: 1 },
];

/** The line as CDP's `Network.emulateNetworkConditions` wants it: bytes a second, -1 for no limit. */
export function conditions(line: Line, offline: boolean) {
  const bytes = (bits?: number) => (bits === undefined ? -1 : bits / 8);
  return {
    offline,
    latency: line.roundTrip,
    downloadThroughput: bytes(line.down),
    uploadThroughput: bytes(line.up),
  };
}
