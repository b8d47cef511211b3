"""Builds and tests the Android app on a JVM, without Gradle: see ../README.md.

usage: host-build.sh check | test [TestClass…] | shots | apk | lint | ktlint | lock
"""
import os, pathlib, re, shutil, subprocess, sys, zipfile

import machine
from maven import CACHE, CATALOGUE, LOCK, V, android, coursier, fetch, libraries, lock, tool
from steps import ANDROID, HERE, OUT, ROOT, cp, fresh, run, step, whole
from testrun import run_classes

APP = ANDROID / 'app/src'
BUILT = ROOT / 'target/debug'
PROGRAMS = [BUILT / name for name in ('libfieldbook_ffi.so', 'fieldbook-server', 'phone')]


# ---- the Rust core ------------------------------------------------------------------------------

def core():
    """The library, the server and the headless phone, and the Kotlin side of the library."""
    if not os.environ.get('FIELDBOOK_BUILT'):  # the Makefile has just built it
        run('cargo', 'build', '-q', '--workspace', cwd=ROOT)
    library = BUILT / 'libfieldbook_ffi.so'
    step('bindings', [library, ROOT / 'bindings/uniffi.toml', ANDROID / 'app/uniffi.toml'],
         lambda: run(BUILT / 'uniffi-bindgen', 'generate', '--config', ANDROID / 'app/uniffi.toml', '--language', 'kotlin', '--no-format', '--out-dir', fresh(OUT / 'uniffi'), library, cwd=ROOT))


# ---- resources and manifest ---------------------------------------------------------------------

def resources(scope):
    """Merges manifests, links resources: OUT/<scope>/{AndroidManifest.xml,res.apk,r.jar,aapt.pro}."""
    _, aars = libraries(scope)
    o, main = OUT / scope, APP / 'main'

    def manifest():
        o.mkdir(parents=True, exist_ok=True)
        src = (main / 'AndroidManifest.xml').read_text().replace('<manifest ', f'<manifest package="{V["namespace"]}" ', 1)
        (o / 'app-manifest.xml').write_text(src)
        props = dict(PACKAGE=V['namespace'], MIN_SDK_VERSION=V['minSdk'], TARGET_SDK_VERSION=V['targetSdk'], VERSION_CODE=V['versionCode'], VERSION_NAME=V['versionName'])
        run('java', '-cp', tool('host-merger'), 'com.android.manifmerger.Merger', '--main', o / 'app-manifest.xml', '--libs', cp(a / 'AndroidManifest.xml' for a in aars),
            *[x for k, v in props.items() for x in ('--property', f'{k}={v}')], '--out', o / 'AndroidManifest.xml', '--log', 'WARNING', '--remove-tools-declarations')

    def link():
        framework = whole(CACHE / f'framework-{V["androidAll"]}.apk', lambda part: run('python3', HERE / 'downlevel.py', android(), part))
        flat, packages = [], set()
        for a in aars:
            if (a / 'R.txt').exists() and (a / 'R.txt').stat().st_size:
                packages.add(re.search(r'package="([^"]+)"', (a / 'AndroidManifest.xml').read_text())[1])
            if (a / 'res').is_dir() and any((a / 'res').iterdir()):
                flat.append(whole(a / 'res.flat.zip', lambda part: run('aapt2', 'compile', '--dir', a / 'res', '-o', part)))
        run('aapt2', 'compile', '--dir', main / 'res', '-o', o / 'app.zip')
        r = subprocess.run(['aapt2', 'link', '-I', framework, '--manifest', o / 'AndroidManifest.xml', '--java', fresh(o / 'gen'), '--extra-packages', ':'.join(sorted(packages)), '--auto-add-overlay', '--warn-manifest-validation',
                            '--proguard', o / 'aapt.pro', '-o', o / 'res.apk', *[x for z in flat for x in ('-R', z)], '-R', o / 'app.zip'], stderr=subprocess.PIPE, text=True)
        sys.stderr.write(''.join(l + '\n' for l in r.stderr.splitlines() if 'Unknown chunk' not in l))
        r.check_returncode()
        run('javac', '-nowarn', '-proc:none', '-d', fresh(o / 'r'), *(o / 'gen').rglob('*.java'))
        run('jar', '--create', '--no-compress', '--file', o / 'r.jar', '-C', o / 'r', '.')
    step(f'manifest-{scope}', [main / 'AndroidManifest.xml', LOCK, ANDROID / 'gradle'], manifest)
    step(f'res-{scope}', [o / 'AndroidManifest.xml', main / 'res', LOCK], link)


# ---- Kotlin -------------------------------------------------------------------------------------

def kotlinc(out, classpath, sources, *options):
    plugin = next(f for m, f in fetch('host-kotlinc') if 'compose-compiler' in m)
    run('java', '-Xmx3g', '-XX:+UseParallelGC', '-cp', tool('host-kotlinc'), 'org.jetbrains.kotlin.cli.jvm.K2JVMCompiler', '-no-stdlib', '-no-reflect', '-jvm-target', '17', '-module-name', 'app',
        f'-Xplugin={plugin}', '-cp', cp(classpath), *options, '-d', fresh(out), *sources)


def compile_main():
    core()
    resources('main')
    jars, _ = libraries('main')
    with_r = [OUT / 'main/r.jar', *jars, android()]
    # The generated half changes with the contract only, so it is compiled on its own.
    step('kotlin-core', [OUT / 'uniffi', LOCK], lambda: kotlinc(OUT / 'core-classes', with_r, [OUT / 'uniffi'], '-nowarn'))
    step('kotlin-main', [APP / 'main/kotlin', OUT / 'core-classes', OUT / 'main/gen', LOCK],
         lambda: kotlinc(OUT / 'classes', [OUT / 'core-classes', *with_r], [APP / 'main/kotlin'], '-Werror'))


def compile_test():
    compile_main()
    resources('test')
    jars, _ = libraries('test')
    compiled = [OUT / 'classes', OUT / 'core-classes']
    step('kotlin-test', [APP / 'test/kotlin', OUT / 'classes', OUT / 'core-classes', LOCK],
         lambda: kotlinc(OUT / 'test-classes', [*compiled, OUT / 'test/r.jar', *jars, android()], [APP / 'test/kotlin'], f'-Xfriend-paths={OUT / "classes"}'))
    return [OUT / 'test-classes', *compiled, OUT / 'test/r.jar', *jars, android()]


# ---- commands -----------------------------------------------------------------------------------

def test(only, **properties):
    """Runs the classes named, or all; returns how many tests passed and failed."""
    classpath = compile_test()
    sdk = fetch('host-android-test')[0][1]
    conf = OUT / 'test-config'
    (conf / 'com/android/tools').mkdir(parents=True, exist_ok=True)
    (conf / 'com/android/tools/test_config.properties').write_text(
        f'android_merged_manifest={OUT}/test/AndroidManifest.xml\nandroid_resource_apk={OUT}/test/res.apk\nandroid_custom_package={V["namespace"]}\n')
    names = [str(c.relative_to(OUT / 'test-classes'))[:-6].replace('/', '.') for c in sorted((OUT / 'test-classes').rglob('*Test.class'))]
    names = [n for n in names if not only or n.rsplit('.', 1)[1] in only]
    if not names:
        sys.exit(f'no test class of that name: {only}')
    opens = [f'--add-opens=java.base/java.{p}=ALL-UNNAMED' for p in ('io', 'lang', 'util')]
    opens += ['--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED']  # android.system.SystemCleaner, which UniFFI uses from API 34
    properties = {'java.security.manager': 'allow', 'robolectric.offline': 'true', 'robolectric.dependency.dir': sdk.parent, 'jna.library.path': BUILT, 'fieldbook.built': BUILT,
                  'fieldbook.source': ROOT, 'fieldbook.out': OUT, 'fieldbook.manifest': OUT / 'main/AndroidManifest.xml', **properties}
    java = ['java', '-Xmx3g', *opens, *[f'-D{k}={v}' for k, v in properties.items()],
            '-cp', cp([conf, APP / 'test/resources', *classpath]), f'{V["namespace"]}.harness.RunClasses']
    return run_classes(java, names, OUT)


def all_tests():
    """All tests, unless nothing they look at has changed since they last passed."""
    compile_test()
    looked_at = [OUT / 'test-classes', OUT / 'classes', OUT / 'core-classes', OUT / 'test/res.apk', OUT / 'main/AndroidManifest.xml', APP, LOCK, *PROGRAMS]
    passed = OUT / 'passed'

    def work():
        good, bad = test([])
        passed.write_text(str(good))
        if bad:
            sys.exit(f'{good} passed, {bad} failed')
    if not step('tests', looked_at, work):
        print('tests: nothing has changed since they passed')
    return int(passed.read_text())


def shots():
    """Draws every screen's pictures anew as the goldens, and one page of them all."""
    names = [f.stem for f in (APP / 'test/kotlin').rglob('*ShotsTest.kt')]
    _, failed = test(names, **{'fieldbook.shots': 'write'})
    goldens = sorted((APP / 'test/goldens').glob('*.png'))
    page = OUT / 'shots.html'
    figures = ''.join(f'<figure><img src="{os.path.relpath(g, OUT)}"><figcaption>{g.stem}</figcaption></figure>' for g in goldens)
    page.write_text('<!doctype html><meta charset="utf-8"><title>Sổ Địa Bàn</title><style>body{font-family:sans-serif;display:flex;flex-wrap:wrap;gap:1rem}'
                    f'figure{{margin:0}}img{{border:1px solid #999}}figcaption{{font-size:.8rem}}</style>{figures}\n')
    print(f'{len(goldens)} pictures: {page}')
    return failed


def jna_aar():
    """JNA has one set of classes; the jar holds desktop libraries, the AAR the phones'."""
    def fetched(part):
        f, = coursier('fetch', '-A', 'aar', '--intransitive', f'net.java.dev.jna:jna:{V["jna"]},ext=aar,type=aar')
        zipfile.ZipFile(f).extractall(part)
    return whole(CACHE / 'exploded' / f'jna-{V["jna"]}.aar', fetched)


def apk():
    compile_main()
    jars, aars = libraries('main')
    o, jni = OUT / 'apk', APP / 'main/jniLibs'
    jdk = pathlib.Path(shutil.which('java')).resolve().parent.parent  # android-all has no java.lang: R8 takes it from here

    def work():
        fresh(o)
        for part in ('classes', 'core-classes'):
            run('jar', '--create', '--no-compress', '--file', o / f'{part}.jar', '-C', OUT / part, '.')
        rules = [o / 'host.pro', OUT / 'main/aapt.pro', ANDROID / 'app/proguard-rules.pro', *[p for a in aars if (p := a / 'proguard.txt').exists()]]
        (o / 'host.pro').write_text('-dontwarn **\n')  # optional parts of the device (androidx.window.extensions …) are not in android-all
        (o / 'dex').mkdir()
        run('java', '-Xmx3g', '-cp', tool('host-r8'), 'com.android.tools.r8.R8', '--release', '--min-api', V['minSdk'], '--lib', android(), '--lib', jdk, '--output', o / 'dex',
            *[x for r in rules if r.exists() for x in ('--pg-conf', r)], o / 'classes.jar', o / 'core-classes.jar', OUT / 'main/r.jar', *jars, stdout=open(o / 'r8.log', 'w'), stderr=subprocess.STDOUT)
        shutil.copy(OUT / 'main/res.apk', o / 'unaligned.apk')
        with zipfile.ZipFile(o / 'unaligned.apk', 'a', zipfile.ZIP_DEFLATED) as z:
            for d in sorted((o / 'dex').glob('*.dex')):
                z.write(d, d.name)
            for base in [*(a / 'jni' for a in [*aars, jna_aar()]), jni]:
                for so in sorted(base.glob('*/*.so')):
                    z.write(so, f'lib/{so.parent.name}/{so.name}', zipfile.ZIP_STORED)
        run('zipalign', '-f', '-p', '4', o / 'unaligned.apk', o / 'aligned.apk')
        key = whole(CACHE / 'debug.keystore', lambda part: run('keytool', '-genkeypair', '-keystore', part, '-storepass', 'android', '-alias', 'debug', '-keyalg', 'RSA', '-validity', '10000', '-dname', 'CN=debug'))
        run('apksigner', 'sign', '--ks', key, '--ks-pass', 'pass:android', '--min-sdk-version', V['minSdk'], '--out', o / 'app.apk', o / 'aligned.apk')
    step('apk', [OUT / 'classes', OUT / 'core-classes', OUT / 'main/res.apk', ANDROID / 'app/proguard-rules.pro', LOCK], work)
    run('apksigner', 'verify', '--min-sdk-version', V['minSdk'], o / 'app.apk')
    print(o / 'app.apk', f'{(o / "app.apk").stat().st_size:,} bytes, signed with a debug key and verified')
    if not any(jni.glob('*/libfieldbook_ffi.so')):
        print('NOTE: this APK holds no Rust library for phones (that takes the NDK: app/rust.gradle.kts); it cannot run on one.')


def lint():
    compile_main()
    jars, aars = libraries('main')
    o = OUT / 'lint'
    platform = o / f'sdk/platforms/android-{V["targetSdk"]}/android.jar'

    def assemble():
        """Lint takes java.lang from android.jar too; without it its checks of Android calls stay silent."""
        platform.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(android(), platform)
        run('jmod', 'extract', '--dir', fresh(o / 'jdk'), pathlib.Path(shutil.which('java')).resolve().parent.parent / 'jmods/java.base.jmod')
        run('jar', '--update', '--file', platform, '-C', o / 'jdk/classes', 'java')
        shutil.rmtree(o / 'jdk')
    step('lint-sdk', [LOCK], assemble)
    e = ['<project>', f'<root dir="{ANDROID}/app"/>', f'<sdk dir="{o}/sdk"/>', f'<module name="app" android="true" library="false" compile-sdk-version="{V["targetSdk"]}">',
         f'<manifest file="{APP}/main/AndroidManifest.xml"/>', f'<merged-manifest file="{OUT}/main/AndroidManifest.xml"/>']
    e += [f'<src file="{s}"/>' for s in sorted((APP / 'main/kotlin').rglob('*.kt'))]
    e += [f'<resource file="{r}"/>' for r in sorted((APP / 'main/res').rglob('*.xml'))]
    e += [f'<classpath {k}="{j}"/>' for k, j in [('jar', platform), ('jar', OUT / 'main/r.jar'), ('dir', OUT / 'core-classes'), *[('jar', j) for j in jars]]]
    e += [f'<aar file="{a}" extracted="{a}"/>' for a in aars if (a / 'lint.jar').exists()]
    (o / 'project.xml').write_text('\n'.join([*e, '</module></project>']))
    step('lint', [APP / 'main', o / 'project.xml', OUT / 'classes', ANDROID / 'app/lint.xml'], lambda: run('java', '-Xmx3g', '-cp', tool('host-lint'), 'com.android.tools.lint.Main', '--project', o / 'project.xml', '--sdk-home', o / 'sdk',
        '--config', ANDROID / 'app/lint.xml', '--text', 'stdout', '--exitcode', '-Werror'))
    print('lint: clean')


def ktlint():
    sources = [APP / 'main/kotlin', APP / 'test/kotlin']
    step('ktlint', [*sources, ANDROID / '.editorconfig'], lambda: run('java', '-cp', tool('host-ktlint'), 'com.pinterest.ktlint.Main', '--relative', '--log-level=warn', *(['-F'] if os.environ.get('FORMAT') else []),
        *[f'{s.relative_to(ANDROID)}/**/*.kt' for s in sources], cwd=ANDROID))
    print('ktlint: clean')


def check():
    """Everything that must hold of the app; the last line is for who counts."""
    ktlint()
    passed = all_tests()
    lint()
    apk()
    print(f'{passed} passed, 0 failed')


def some(only):
    good, bad = test(only)
    print(f'{good} passed, {bad} failed')
    return bad


COMMANDS = {'check': lambda _: check(), 'test': some, 'shots': lambda _: shots(), 'apk': lambda _: apk(), 'lint': lambda _: lint(), 'ktlint': lambda _: ktlint(), 'lock': lambda _: lock()}

if __name__ == '__main__':
    command, *rest = sys.argv[1:] or ['']
    if command not in COMMANDS:
        sys.exit(__doc__)
    machine.prepare()
    try:
        sys.exit(1 if COMMANDS[command](rest) else 0)
    except subprocess.TimeoutExpired as e:
        sys.exit(f'failed: {e.cmd[0]} (no end after {e.timeout} s, again and again)')
    except subprocess.CalledProcessError as e:
        named = [word for word in e.cmd if word.count('.') > 2 and '/' not in word][:1]
        sys.exit(' '.join(['failed:', e.cmd[0], *named, f'(exit {e.returncode})']))
