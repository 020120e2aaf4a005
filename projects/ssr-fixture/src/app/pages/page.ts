import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

/** A page that shows its title. */
@Component({
  selector: 'app-page',
  template: `<h1>{{ title }}</h1>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Page {
  protected readonly title = String(inject(ActivatedRoute).snapshot.data['title']);
}
