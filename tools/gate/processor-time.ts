import { readdirSync, readFileSync } from 'node:fs';

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  readonly ms: number;
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Reads one `/proc/<pid>/stat`. The program's name stands in parentheses and may hold anything, so fields are counted after it. */
export function parseStat(pid: number, stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, and the same of children that have ended.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: Number(fields[1]), ms: ticks * TICK_MS };
}

function allProcesses(): readonly ProcessTimes[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(Number(name), readFileSync(`/proc/${name}/stat`, 'utf8'))];
      } catch {
        // The process has ended since the folder was listed.
        return [];
      }
    });
}

/**
 * The processor time that a process and its descendants have used so far, in milliseconds. `null` where the system has no
 * `/proc`, as on macOS.
 */
export function processorTimeOf(pid: number): number | null {
  try {
    const processes = allProcesses();
    const family = new Set([pid]);
    for (let size = 0; size !== family.size;) {
      size = family.size;
      for (const { pid: child, parent } of processes) if (family.has(parent)) family.add(child);
    }
    return processes.reduce((sum, { pid: member, ms }) => (family.has(member) ? sum + ms : sum), 0);
  } catch {
    return null;
  }
}
