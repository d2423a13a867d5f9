import { setTimeout as sleep } from 'node:timers/promises';
import { KINDS, type Kind } from '~/lib/entrance/kinds';

/** Who is told to come back hears it so much later. */
const HELD_MS = 1_000;
/** Of so many at most: an answer costs a moment, a connection that is held some memory. */
const MOST_HELD = 512;

type Place = { leave: () => void };
type Waiter = { enter: () => void };
type Room = { inside: number; waiting: Set<Waiter> };

/** Who is inside, and who waits, by kind and by caller. In memory: each web process guards its own machine. */
export class Admission {
  readonly #rooms = new Map<Kind, Room>();
  readonly #callers = new Map<string, number>();
  #held = 0;

  /** Counts a request of a caller from its first byte to its answer's last; null when it is one too many. */
  arrive(caller: string, most: number): Place | null {
    const had = this.#callers.get(caller) ?? 0;
    if (had >= most) return null;
    this.#callers.set(caller, had + 1);
    return once(() => {
      const left = (this.#callers.get(caller) ?? 1) - 1;
      if (left > 0) this.#callers.set(caller, left);
      else this.#callers.delete(caller);
    });
  }

  /** Waits for a place among its kind, first come first served; null when there is none, or none in time. */
  async enter(kind: Kind, gone: AbortSignal, limits = KINDS[kind]): Promise<Place | null> {
    const room = this.#roomOf(kind);
    if (room.inside < limits.atOnce) {
      room.inside += 1;
      return this.#place(room);
    }
    if (room.waiting.size >= limits.waiting || gone.aborted) return null;
    return new Promise((resolve) => {
      const stop = (place: Place | null) => {
        clearTimeout(patience);
        gone.removeEventListener('abort', giveUp);
        room.waiting.delete(waiter);
        resolve(place);
      };
      const giveUp = () => stop(null);
      const waiter: Waiter = { enter: () => stop(this.#place(room)) };
      const patience = setTimeout(giveUp, limits.waitMs);
      gone.addEventListener('abort', giveUp);
      room.waiting.add(waiter);
    });
  }

  /** Keeps who is to be turned away for a moment: a flood that begins anew at each answer begins so much less often. */
  async hold(gone: AbortSignal): Promise<void> {
    if (this.#held >= MOST_HELD) return;
    this.#held += 1;
    // Who left meanwhile is held no longer.
    await sleep(HELD_MS, undefined, { signal: gone }).catch(() => undefined);
    this.#held -= 1;
  }

  /** How many are inside and wait, of each kind. */
  counts(): { kind: Kind; inside: number; waiting: number }[] {
    return [...this.#rooms].map(([kind, { inside, waiting }]) => ({ kind, inside, waiting: waiting.size }));
  }

  #place(room: Room): Place {
    return once(() => {
      // Whoever waits longest takes over the place.
      const [next] = room.waiting;
      if (next) next.enter();
      else room.inside -= 1;
    });
  }

  #roomOf(kind: Kind): Room {
    const room = this.#rooms.get(kind) ?? { inside: 0, waiting: new Set<Waiter>() };
    this.#rooms.set(kind, room);
    return room;
  }
}

function once(work: () => void): Place {
  let isDone = false;
  return {
    leave: () => {
      if (!isDone) work();
      isDone = true;
    },
  };
}
