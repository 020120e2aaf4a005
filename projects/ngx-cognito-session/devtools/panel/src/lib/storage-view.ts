import type { ɵStorageView, ɵTokenView } from 'ngx-cognito-session';
import { Subscription } from 'rxjs';
import { details, empty, h, renderer } from './dom';
import { clockTime, drift } from './format';
import type { PanelModel, StorageKeys } from './model';
import type { View } from './view';

/** How often the storage is read while it is looked at. */
const READ_PAUSE_MS = 2000;

/** The stored record, without tokens. */
export function storageView(model: Pick<PanelModel, 'hasTokens' | 'storageKeys' | 'stored'>): View {
  const element = h('div');
  let readAt: number | null = null;
  let reading = Subscription.EMPTY;
  const render = renderer(element, ({ stored, keys, problem }: Shown) => [
    ...(problem === null ? [] : [h('p', { class: 'bad' }, problem)]),
    stored === null
      ? empty(
          model.hasTokens ? 'The storage has not been read.' : 'The tokens of this session are on a server.',
        )
      : details(rowsOf(stored)),
    h('h3', {}, 'Keys in the browser’s storages'),
    keys.length === 0
      ? empty('None.')
      : details(keys.map(({ place, key, length }) => [`${place}: ${key}`, `${length} characters`] as const)),
  ]);
  return {
    element,
    show: ({ nowMs }) => {
      // A configuration that is still to come, or a slow storage, is asked once.
      if (!reading.closed || (readAt !== null && Math.abs(nowMs - readAt) < READ_PAUSE_MS)) return;
      const keys = model.storageKeys();
      if (readAt === null) render({ stored: null, keys, problem: null });
      readAt = nowMs;
      reading = model.stored().subscribe({
        next: (stored) => render({ stored, keys, problem: null }),
        error: (error: unknown) =>
          render({
            stored: null,
            keys,
            problem: error instanceof Error ? error.message : 'The storage failed.',
          }),
      });
    },
  };
}

interface Shown {
  readonly stored: ɵStorageView | null;
  readonly keys: readonly StorageKeys[];
  readonly problem: string | null;
}

/** Names and values of the record. Pure. */
export function rowsOf({ storage, mode, record }: ɵStorageView): readonly (readonly [string, string])[] {
  const { status, sid, gen, since, clockDrift, tokens = {}, attempts, backoff, reason } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Storage', storage],
    ['Mode', mode],
    ['Record', status],
    ['Session', sid === undefined ? undefined : `${sid}…`],
    ['Generation', gen?.toString()],
    [status === 'tombstone' ? 'Ended' : 'Signed in', since === undefined ? undefined : clockTime(since)],
    ['Clock drift', clockDrift === undefined ? undefined : drift(clockDrift)],
    ...Object.entries(tokens).map(([name, token]) => [name, tokenText(token)] as const),
    ['Reason', reason],
    ['Back-off', backoff && `${backoff.code}, ${backoff.count}×, until ${clockTime(backoff.until)}`],
    [
      'Attempts',
      attempts?.length
        ? attempts.map(({ id, gen: of, locked }) => `${id}… of ${of}${locked ? ', locked' : ''}`).join('; ')
        : undefined,
    ],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function tokenText({ length, expiresAt }: ɵTokenView): string {
  return expiresAt === null
    ? `${length} characters`
    : `eyJ…, ${length} characters, expires ${clockTime(expiresAt * 1000)}`;
}
