import { isMainModule } from '@angular/ssr/node';
import { createApp } from './server/create-app';
import { readSettings } from './server/settings';

if (isMainModule(import.meta.url)) {
  const settings = readSettings(process.env);
  createApp(settings).listen(settings.port, settings.host, (error) => {
    // Angular's server handles exceptions that are not caught: it logs them and goes on.
    if (error !== undefined) {
      console.error(error);
      process.exit(1);
    }
    process.stdout.write(`Listening on ${settings.host}:${settings.port} for ${settings.appOrigin}\n`);
  });
}
