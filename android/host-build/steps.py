"""What every part of the host build shares: where things are, running a program, skipping what is unchanged."""
import hashlib, pathlib, shutil, subprocess, time

HERE = pathlib.Path(__file__).resolve().parent
ANDROID = HERE.parent
ROOT = ANDROID.parent
OUT = ANDROID / 'build/host'


def run(*cmd, **kw):
    subprocess.run([str(c) for c in cmd], check=True, **kw)


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
