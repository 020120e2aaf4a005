import { Directive, DOCUMENT, ElementRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, skip } from 'rxjs';

/**
 * Moves the focus to the content after a navigation, as a page load would: screen readers hear where they are. A new page starts at
 * its top; the browser restores the place itself after its back button.
 */
@Directive({ selector: '[appFocusOnNavigation]' })
export class FocusOnNavigation {
  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    const page = inject(DOCUMENT).defaultView;
    const router = inject(Router);
    router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        nativeElement.focus({ preventScroll: true });
        if (router.currentNavigation()?.trigger !== 'popstate') page?.scrollTo(0, 0);
      });
  }
}
