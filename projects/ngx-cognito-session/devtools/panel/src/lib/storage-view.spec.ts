import { Observable, Subject } from 'rxjs';
import type { ɵStorageView } from 'ngx-cognito-session';
import type { PanelModel, Snapshot } from './model';
import { storageView } from './storage-view';

const SECOND = 1000;

/** Counts how often the storage is asked. */
function scene() {
  const answers$ = new Subject<ɵStorageView | null>();
  let asked = 0;
  const model: Pick<PanelModel, 'hasTokens' | 'storageKeys' | 'stored'> = {
    hasTokens: true,
    storageKeys: () => [],
    stored: () =>
      new Observable((subscriber) => {
        asked++;
        return answers$.subscribe(subscriber);
      }),
  };
  const view = storageView(model);
  const showAt = (nowMs: number) => view.show({ nowMs } as Snapshot);
  return { view, showAt, answers$, asked: () => asked };
}

it('asks a storage that does not answer once', () => {
  const { view, showAt, asked } = scene();

  for (let second = 0; second < 10; second++) showAt(second * SECOND);

  expect(asked()).toBe(1);
  expect(view.element.textContent).toContain('The storage has not been read.');
});

it('reads the storage again some seconds after an answer', () => {
  const { view, showAt, answers$, asked } = scene();
  showAt(0);
  answers$.error(new Error('The storage is blocked.'));

  showAt(1 * SECOND);
  expect(asked()).toBe(1);
  showAt(3 * SECOND);

  expect(asked()).toBe(2);
  expect(view.element.textContent).toContain('The storage is blocked.');
});
