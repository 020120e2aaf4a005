import type { Walk } from './browse-quick-start';
import { followBlocks, ng } from './fresh-app';

const API = 'https://api.example.com';

/** Where the pages of `ng add` lead, and what they show. */
export const WALK: Walk = { start: '/sign-in', cancelled: 'You cancelled the sign-in.', apiPage: '/hello' };

/** What the output of `ng add` contains, so that its reader knows what it has done and what is left to do. */
const REPORT = ['Changed:', 'provideSession', 'sessionInterceptor', 'Next:', 'allowed callback URL'];

/** Adds a session to an app with the flags of a document. The packages are in the app already. */
export async function addSession(folder: string, flags: readonly string[]): Promise<void> {
  const output = await ng(folder, 'add', 'ngx-cognito-session', ...flags, '--skip-install');
  const missing = REPORT.filter((text) => !output.includes(text));
  if (missing.length > 0) throw new Error(`ng add does not say ${missing.join(', ')}:\n${output}`);
  await ng(folder, 'generate', 'ngx-cognito-session:guard', 'admins', '--group', 'admins');
}

const PAGE = `import { JsonPipe } from '@angular/common';
import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

@Component({
  selector: 'app-hello',
  imports: [JsonPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: \`<pre>{{ answer() | json }}</pre>\`,
})
export class Hello {
  protected readonly answer = toSignal(inject(HttpClient).get('${API}/api/hello'));
}
`;

/** What the developer does next: a page that calls the API. */
export function callApi(folder: string): void {
  followBlocks(folder, [
    { path: 'src/app/hello.ts', content: PAGE, place: 'newFile' },
    { path: 'src/app/app.routes.ts', content: "import { Hello } from './hello';\n", place: 'top' },
    {
      path: 'src/app/app.routes.ts',
      content: "  { path: 'hello', component: Hello, canActivate: [signedInGuard] },\n",
      place: { after: 'routes: Routes = [' },
    },
  ]);
}
