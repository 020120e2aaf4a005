import { MemoryStorage } from './memory-storage';
import { TabMark } from './tab-mark';

const KEY = 'region/client#tab';

function markIn(storage: MemoryStorage, page: string): TabMark {
  return new TabMark(storage, 'region/client', page);
}

describe('the mark of a tab', () => {
  it('tells a copy from a page that comes after another one', () => {
    const storage = new MemoryStorage();
    const first = markIn(storage, 'a');
    expect(first.isCopy).toBe(false);
    expect(markIn(storage, 'b').isCopy).toBe(true);

    const other = new MemoryStorage();
    markIn(other, 'a').leave();
    expect(markIn(other, 'b').isCopy).toBe(false);
  });

  it('is taken back by the page that wrote it alone', () => {
    const storage = new MemoryStorage();
    const first = markIn(storage, 'a');
    const second = markIn(storage, 'b');

    first.leave();
    expect(storage.getItem(KEY)).toBe('{"page":"b"}');
    second.leave();
    expect(storage.getItem(KEY)).toBe('{"page":null}');
  });

  it('keeps the name of the record, whatever is cleared while the page is there', () => {
    const storage = new MemoryStorage();
    const mark = markIn(storage, 'a');
    mark.join('region/client/1');
    storage.removeItem(KEY);

    mark.leave();

    expect(markIn(storage, 'b').record).toBe('region/client/1');
  });

  it.each(['', 'null', '7', 'no json', '{"page":7,"record":7}', '{"record":"region/other/1"}'])(
    'takes what anybody may have left there for none: %s',
    (text) => {
      const storage = new MemoryStorage();
      storage.setItem(KEY, text);

      const mark = markIn(storage, 'a');

      expect([mark.isCopy, mark.record]).toEqual([false, null]);
    },
  );

  it('is done without where the storage refuses it', () => {
    class Refusing extends MemoryStorage {
      override getItem(): string | null {
        throw new DOMException('refused', 'SecurityError');
      }
      override setItem(): void {
        throw new DOMException('full', 'QuotaExceededError');
      }
    }

    const mark = markIn(new Refusing(), 'a');
    mark.join('region/client/1');

    expect([mark.isCopy, mark.record]).toEqual([false, 'region/client/1']);
  });
});
