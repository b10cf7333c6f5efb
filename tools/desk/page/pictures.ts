// A picture that could not be shown at once is asked for again: the service gives only so many
// bytes at a time, and may have room for these a moment later.
import * as api from "./api";

// How long is waited before each time that it is asked for.
export const byItselfMs = [1_000, 3_000, 9_000];
export const atOnceMs = [0];

// Whether it may be otherwise after a while: no room, too much asked for, nobody there.
const mayPass = ({ status }: api.Trouble): boolean =>
  status === 0 || status === 429 || status >= 500;

const pause = (ms: number) =>
  // So that a thousand desks do not ask again in the same moment.
  new Promise((done) => setTimeout(done, ms * (0.75 + Math.random() / 2)));

// The picture's bytes; nothing when nobody wants them any more, or when they do not come.
export async function bringPicture(
  href: string, pausesMs: readonly number[], unwanted: AbortSignal,
): Promise<Blob | undefined> {
  for (const ms of pausesMs) {
    await pause(ms);
    if (unwanted.aborted) return undefined;
    try {
      return await api.picture(href, unwanted);
    } catch (trouble) {
      if (!(trouble instanceof api.Trouble) || !mayPass(trouble)) return undefined;
    }
  }
  return undefined;
}
