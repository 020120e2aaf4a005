import { setupZoneTestEnv } from 'jest-preset-angular/setup-env/zone';
import './src/run-with-zone';

setupZoneTestEnv();
