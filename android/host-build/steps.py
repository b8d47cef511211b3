"""What every part of the host build shares: where things are, running a program, skipping what is unchanged."""
import hashlib, os, pathlib, shutil, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
ANDROID = HERE.parent
ROOT = ANDROID.parent
OUT = ANDROID / 'build/host'


TRIES, LONGEST, PAUSE = 4, 300, 5  # of a download: times, seconds each, seconds between


def run(*cmd, **kw):
    return subprocess.run([str(c) for c in cmd], check=True, **kw)


def download(*cmd, **kw):
    """Runs a program that fetches something; it may fail or fall silent, so it is asked a few times. What it has fetched by then it keeps."""
    for left in reversed(range(TRIES)):
        try:
            return run(*cmd, timeout=LONGEST, **kw)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
            if not left:
                raise
            why = f'no end after {LONGEST} s' if isinstance(problem, subprocess.TimeoutExpired) else f'exit {problem.returncode}'
            print(f'{cmd[0]}: {why}; asking again ({left} more)', file=sys.stderr, flush=True)
            time.sleep(PAUSE)


def whole(path, make):
    """A part kept for all builds: made once, under its name only when it is whole."""
    if not path.exists():
        part = path.with_name(f'{path.name}.{os.getpid()}.part')
        part.parent.mkdir(parents=True, exist_ok=True)
        make(part)
        try:
            part.rename(path)
        except OSError:  # another build has just put it there
            shutil.rmtree(part)
    return path


def digest(paths):
    """Of what the files hold: a new checkout or a relinked library of the same bytes changes nothing."""
    h = hashlib.sha256()
    for p in sorted(q for r in paths for q in ([r] if r.is_file() else r.rglob('*'))):
        if p.is_file():
            h.update(f'{p}\n'.encode())
            with p.open('rb') as f:
                h.update(hashlib.file_digest(f, 'sha256').digest())
    return h.hexdigest()


def step(name, inputs, work):
    """Runs work() unless its inputs are as they were when it last ended well; true when it ran. After a change of the build itself: delete build/host."""
    stamp, now = OUT / 'stamps' / name, digest(inputs)
    if stamp.exists() and stamp.read_text() == now:
        return False
    start = time.time()
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    print(f'{name:<12}{time.time() - start:6.1f} s', flush=True)
    return True


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def cp(paths):
    return ':'.join(map(str, paths))
