// Preloaded (`node --import`) into every program the commands start, so that a launcher that is killed outright, and can end nothing any more,
// leaves nothing behind: the program then kills its own process group.
import { spawnSync } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';

const CHECK_EVERY_MS = 500;
const launcherPid = Number(process.env.BALLAST_LAUNCHER_PID);

if (isMainThread && Number.isSafeInteger(launcherPid) && launcherPid > 0) {
  // Workers that the program forks inherit this preload: they belong to the program, which ends them with its group.
  delete process.env.BALLAST_LAUNCHER_PID;
  const endIfAlone = () => {
    if (hasParent()) return;
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(process.pid), '/T', '/F']);
    else process.kill(-process.pid, 'SIGKILL');
  };
  endIfAlone();
  setInterval(endIfAlone, CHECK_EVERY_MS).unref();
}

function hasParent() {
  // An orphan gets another parent, except on Windows, where the dead one's number stays.
  if (process.platform !== 'win32') return process.ppid === launcherPid;
  try {
    process.kill(launcherPid, 0);
    return true;
  } catch {
    return false;
  }
}
