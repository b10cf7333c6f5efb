// What time it is at the service, as signals that tick: fast for countdowns, slowly for "5 minutes
// ago".
import { computed, signal } from "@preact/signals";

let ahead = 0; // of this machine's clock
export function setServiceTime(now: number): void {
  ahead = now - Date.now();
  tick();
}
export const serviceNow = (): number => Date.now() + ahead;

export const now = signal(serviceNow());
function tick(): void {
  now.value = serviceNow();
}
setInterval(tick, 1000);
// Changes four times a minute.
export const slowNow = computed(() => Math.floor(now.value / 15_000) * 15_000);
