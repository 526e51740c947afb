// A run takes ten updates at once, and the server drops even those when more come: so a process sends it a few at a time.
interface Queue {
  taken: number;
  readonly waiting: (() => void)[];
}

/** So few that those of another process have room, too. */
const atOnce = 4;

const queues = new Map<string, Queue>();

/** Does something while fewer than four others of this name are done in this process; at its deadline, in any case. */
export async function inTurn<T>(name: string, deadline: number, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(name) ?? { taken: 0, waiting: [] };
  queues.set(name, queue);
  const isFree = queue.taken < atOnce;
  if (isFree) queue.taken += 1;
  const hasTurn = isFree || (await nextTurn(queue, deadline));
  try {
    return await work();
  } finally {
    if (hasTurn) passOn(name, queue);
  }
}

function passOn(name: string, queue: Queue): void {
  const next = queue.waiting.shift();
  if (next) {
    next();
    return;
  }
  queue.taken -= 1;
  if (queue.taken === 0) queues.delete(name);
}

/** Whether the turn came before the deadline. */
function nextTurn({ waiting }: Queue, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const take = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const giveUp = () => {
      waiting.splice(waiting.indexOf(take), 1);
      resolve(false);
    };
    const timer = setTimeout(giveUp, Math.max(0, deadline - Date.now()));
    waiting.push(take);
  });
}
