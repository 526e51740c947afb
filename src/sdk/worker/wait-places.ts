/** How many may wait at once. */
export interface WaitPlaces {
  /** Does something that may wait so long; 0 when all places are taken, so that it only looks. */
  with<T>(longestMs: number, work: (waitMs: number) => Promise<T>): Promise<T>;
}

export function waitPlaces(most: number): WaitPlaces {
  let taken = 0;
  return {
    async with(longestMs, work) {
      if (longestMs === 0 || taken >= most) return work(0);
      taken += 1;
      try {
        return await work(longestMs);
      } finally {
        taken -= 1;
      }
    },
  };
}
