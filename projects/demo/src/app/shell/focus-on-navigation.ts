import { Directive, ElementRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, skip } from 'rxjs';

/** Moves the focus to the content after a navigation, as a page load would: screen readers hear where they are. */
@Directive({ selector: '[appFocusOnNavigation]' })
export class FocusOnNavigation {
  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => nativeElement.focus({ preventScroll: true }));
  }
}
