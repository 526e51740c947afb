/** What the history says of the timer that is a run's deadline. */
export const deadlineTimer = "tenuto deadline";

/** What the history says of the timer that waits for a late effect before its step is undone. */
export const settleTimer = "tenuto settle";

/** What the history says of the timer that gives the opening of a task its place among other events. */
export const taskTimer = "tenuto task";
