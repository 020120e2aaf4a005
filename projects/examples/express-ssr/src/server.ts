import { isMainModule } from '@angular/ssr/node';
import { createApp } from './server/create-app';
import { readSettings } from './server/settings';

if (isMainModule(import.meta.url)) {
  const settings = readSettings(process.env);
  createApp(settings).listen(settings.port, settings.host, (error) => {
    if (error !== undefined) throw error;
    process.stdout.write(`Listening on ${settings.host}:${settings.port} for ${settings.appOrigin}\n`);
  });
}
