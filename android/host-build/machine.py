"""What the host build needs of the machine: installed where we may, else named."""
import os, shutil, subprocess, sys

NEEDED = {'java': 'openjdk-17-jdk-headless', 'javac': 'openjdk-17-jdk-headless', 'mvn': 'maven', 'aapt2': 'aapt', 'zipalign': 'zipalign', 'apksigner': 'apksigner', 'fc-list': 'fontconfig'}
SKIPPED = 'SKIPPED: the Android app was neither built nor tested'


def missing():
    return {program: package for program, package in NEEDED.items() if not shutil.which(program)}


def prepare():
    """Returns when everything is there. Ends loudly otherwise: as a failure where CI=true, else as a part left out."""
    if missing() and os.geteuid() == 0 and shutil.which('apt-get'):
        packages = sorted(set(missing().values()))
        print('installing', *packages, flush=True)
        quiet = dict(stdout=subprocess.DEVNULL, env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'})
        subprocess.run(['apt-get', 'update', '-q'], **quiet)
        subprocess.run(['apt-get', 'install', '-y', '-q', '--no-install-recommends', *packages], **quiet)
    if left := missing():
        named = ', '.join(f'{program} (package {package})' for program, package in left.items())
        print(f'\n*** {SKIPPED}. ***\n*** Missing: {named}. ***\n', file=sys.stderr)
        sys.exit(1 if os.environ.get('CI') == 'true' else 0)
