const last = new Map<string, Promise<unknown>>();

/** Does something when what was begun before under this name, in this process, has ended. */
export async function oneAtATime<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
  const before = last.get(name) ?? Promise.resolve();
  const own = before.catch(() => undefined).then(work);
  last.set(name, own);
  try {
    return await own;
  } finally {
    if (last.get(name) === own) last.delete(name);
  }
}
