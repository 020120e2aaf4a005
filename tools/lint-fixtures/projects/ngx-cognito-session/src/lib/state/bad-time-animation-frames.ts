// expect-eslint: local/rxjs-scheduler
import { animationFrames } from 'rxjs';

export const waits = () => animationFrames();
