import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-not-found-page',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Not found</h1>
    <p>There is no such page. <a routerLink="/">Back to the session</a></p>
  `,
})
export class NotFoundPage {}
