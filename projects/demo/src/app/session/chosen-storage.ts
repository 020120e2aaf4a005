import { LOCAL_STORAGE, STORAGE_CHOICES, type StorageChoice } from '../panels/storage/storage-choices';
import { readSaved, save } from '../storage/saved';

const KEY = 'demo:storage';

/** Where the tabs of this browser keep their session. */
export function storageChoice(): StorageChoice {
  const id = readSaved(localStorage, KEY, LOCAL_STORAGE.id);
  return STORAGE_CHOICES.find((choice) => choice.id === id) ?? LOCAL_STORAGE;
}

/** The next page that is loaded uses it. */
export function chooseStorage({ id }: StorageChoice): void {
  save(localStorage, KEY, id);
}
