// The real timers.
import type { Timers } from "../dialects/driver.js";

export const systemTimers: Timers = {
  now: () => performance.now(),
  start: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clear: (timer) => {
    // Sound: `start` made it.
    clearTimeout(timer as NodeJS.Timeout);
  },
};
