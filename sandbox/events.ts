import { newId } from '~/sandbox/ids';
import { type Db, now, rows, type Sandbox } from '~/sandbox/state';
import { timestamp } from '~/sandbox/views';

export interface NewEvent {
  type: string;
  /** The whole resource, as a GET would return it now. */
  data: { id: string };
}

/**
 * Stores events and their deliveries to every enabled endpoint that subscribed to the type. In the transaction of what
 * they tell about, so that none is lost and none tells of what was rolled back. Returns the events' ids.
 */
export async function emit(
  sandbox: Sandbox,
  db: Db,
  events: NewEvent[],
  endpointId?: string,
): Promise<string[]> {
  if (events.length === 0) return [];
  const at = now(sandbox);
  const stored = events.map((event) => {
    const id = newId('evt', at);
    const envelope = { id, object: 'event', type: event.type, mode: 'test', created_at: timestamp(at) };
    return {
      id,
      type: event.type,
      resource_id: event.data.id,
      body: JSON.stringify({ ...envelope, data: event.data }),
    };
  });
  await db.query(
    `insert into sandbox.events (id, type, resource_id, body, created_at)
     select id, type, resource_id, body, $2 from json_to_recordset($1)
     as e(id text, type text, resource_id text, body text)`,
    [JSON.stringify(stored), at],
  );
  await planDeliveries(sandbox, db, stored, at, endpointId);
  return stored.map((event) => event.id);
}

async function planDeliveries(
  sandbox: Sandbox,
  db: Db,
  events: { id: string; type: string }[],
  at: Date,
  endpointId: string | undefined,
): Promise<void> {
  const planned = events.map(({ id, type }) => ({ id, type, ...sandbox.deliveryRules.planFor(id, type) }));
  await db.query(
    `insert into sandbox.deliveries (event_id, endpoint_id, status, due_at)
     select e.id, w.id,
       case when e.drop then 'dropped' when e.hold then 'held' else 'pending' end,
       $2::timestamptz + e."delayMs" * interval '1 ms'
     from json_to_recordset($1)
       as e(id text, type text, drop boolean, hold boolean, "delayMs" int, copies int)
     cross join generate_series(1, e.copies)
     join sandbox.webhook_endpoints w on
       case when $3::text is not null then w.id = $3
       else w.status = 'enabled' and (w.enabled_events = '{}' or w.enabled_events && array['*', e.type]) end`,
    [JSON.stringify(planned), at, endpointId ?? null],
  );
  const release = planned.flatMap((event) => event.release);
  if (release.length > 0) await releaseHeld(db, release, at);
}

/** Lets held deliveries go in the order given, each to its endpoint once the one before it was tried. */
async function releaseHeld(db: Db, eventIds: string[], at: Date): Promise<void> {
  await db.query(
    `update sandbox.deliveries d set status = 'pending', due_at = $2::timestamptz, after_id = r.after_id
     from (select h.id, lag(h.id) over (partition by h.endpoint_id order by o.place, h.id) as after_id
       from unnest($1::text[]) with ordinality as o(event_id, place)
       join sandbox.deliveries h on h.event_id = o.event_id and h.status = 'held') r
     where d.id = r.id`,
    [eventIds, at],
  );
}

/** Delivers what a rule was holding: the rule is gone. */
export async function releaseAllHeld(sandbox: Sandbox, db: Db): Promise<void> {
  await db.query(`update sandbox.deliveries set status = 'pending', due_at = $1 where status = 'held'`, [
    now(sandbox),
  ]);
}

/** Delivers an event again, `times` at once, to every endpoint that it had gone to. False when there is none such. */
export async function redeliver(sandbox: Sandbox, db: Db, eventId: string, times: number): Promise<boolean> {
  const added = await rows(
    db,
    `insert into sandbox.deliveries (event_id, endpoint_id, due_at)
     select $1, w.endpoint_id, $3 from (select distinct endpoint_id from sandbox.deliveries where event_id = $1) w
     cross join generate_series(1, $2) returning id`,
    [eventId, times, now(sandbox)],
  );
  return added.length > 0;
}
