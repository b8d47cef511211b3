"""What the host build needs of the machine: installed where we may, else named."""
import os, shutil, subprocess, sys

from steps import download

NEEDED = {'java': 'openjdk-17-jdk-headless', 'javac': 'openjdk-17-jdk-headless', 'mvn': 'maven', 'aapt2': 'aapt', 'zipalign': 'zipalign', 'apksigner': 'apksigner', 'fc-list': 'fontconfig'}
SKIPPED = 'SKIPPED: the Android app was neither built nor tested'


def missing():
    return {program: package for program, package in NEEDED.items() if not shutil.which(program)}


def prepare():
    """Returns when everything is there. Ends loudly otherwise: as a failure where CI=true, else as a part left out."""
    if missing() and os.geteuid() == 0 and shutil.which('apt-get'):
        packages = sorted(set(missing().values()))
        print('installing', *packages, flush=True)
        for verb in (['update'], ['install', '-y', '--no-install-recommends', *packages]):
            try:
                download('apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120', *verb, stdout=subprocess.DEVNULL, env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'})
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
                print(f'apt-get {verb[0]} did not succeed: {problem}', file=sys.stderr)  # what is missing now is named below
    if left := missing():
        named = ', '.join(f'{program} (package {package})' for program, package in left.items())
        print(f'\n*** {SKIPPED}. ***\n*** Missing: {named}. ***\n', file=sys.stderr)
        sys.exit(1 if os.environ.get('CI') == 'true' else 0)
