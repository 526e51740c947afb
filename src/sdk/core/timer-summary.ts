/** What the history says of the timer that is a run's deadline. */
export const deadlineTimer = "tenuto deadline";

/** What the history says of the timer that waits for a late effect before its step is undone. */
export const settleTimer = "tenuto settle";
