const LOOK_EVERY_MS = 250;

/**
 * Calls `onGone` when the program that started this one has ended. npm starts scripts through a shell, and some shells (dash)
 * do not pass a signal on: they end, and this process would go on without them. Node has no event for that. Windows keeps the
 * id of a parent that has ended, and tells all programs of a terminal about Ctrl+C itself.
 */
export function watchParent(onGone: () => void, parentId: () => number = () => process.ppid): void {
  const startedBy = parentId();
  const timer = setInterval(() => {
    if (parentId() === startedBy) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
