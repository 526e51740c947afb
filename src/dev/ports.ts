import { createServer } from "node:net";

/** A TCP port that is going to be used, and the variable that moves it. */
export interface PortClaim {
  readonly variable: string;
  readonly port: number;
  readonly host: string;
  readonly use: string;
}

/** Says of every claim whose port can't be had why, and which variable moves it; empty when all are free. */
export async function portProblems(claims: readonly PortClaim[]): Promise<string[]> {
  const checked = await Promise.all(claims.map(async (claim) => ({ claim, reason: await whyNot(claim, claims) })));
  return checked.flatMap(({ claim, reason }) =>
    reason ? [`port ${claim.port} (${claim.use}) ${reason}: set ${claim.variable} to another port`] : [],
  );
}

async function whyNot(claim: PortClaim, claims: readonly PortClaim[]): Promise<string | undefined> {
  const twin = claims.find((other) => other !== claim && other.port === claim.port);
  if (twin) return `is asked for by ${twin.variable} as well`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" ? "is in use" : `can't be used (${error.message})`),
    );
    server.listen({ host: claim.host, port: claim.port, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
