import { afterNextRender, DestroyRef, inject, signal, type ElementRef, type Signal } from '@angular/core';

/** The width of an element in CSS pixels; 0 until it is known. Needs an injection context. */
export function injectElementWidth(element: Signal<ElementRef<HTMLElement>>): Signal<number> {
  const width = signal(0);
  const observer = new ResizeObserver(([entry]) => width.set(Math.floor(entry?.contentRect.width ?? 0)));
  afterNextRender(() => observer.observe(element().nativeElement));
  inject(DestroyRef).onDestroy(() => observer.disconnect());
  return width.asReadonly();
}
