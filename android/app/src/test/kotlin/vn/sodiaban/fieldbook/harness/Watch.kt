package vn.sodiaban.fieldbook.harness

import java.io.File
import java.security.Permission

/**
 * Hears what the calling thread asks of disk and network, before it gets it: the JVM asks its security manager about each file that is
 * looked at, opened, made or deleted, each connection and each library. What the test itself runs from counts for nothing.
 */
@Suppress("DEPRECATION", "removal") // there is no other ear that hears File.exists()
class Watch private constructor() : SecurityManager() {
    private val watched = Thread.currentThread()
    private val heard = mutableListOf<String>()
    private var isWriting = false

    override fun checkRead(file: String) = hear("looks at", file)

    override fun checkRead(file: String, context: Any?) = hear("looks at", file)

    override fun checkWrite(file: String) = hear("writes", file)

    override fun checkDelete(file: String) = hear("deletes", file)

    override fun checkExec(program: String) = hear("runs", program)

    override fun checkConnect(host: String, port: Int) = note("connects to $host:$port")

    override fun checkConnect(host: String, port: Int, context: Any?) = note("connects to $host:$port")

    override fun checkListen(port: Int) = note("listens on $port")

    override fun checkPermission(permission: Permission) = Unit

    override fun checkPermission(permission: Permission, context: Any?) = Unit

    private fun hear(what: String, file: String) {
        if (ground.none(file::startsWith)) note("$what $file")
    }

    private fun note(what: String) {
        if (Thread.currentThread() !== watched || isWriting) return
        isWriting = true
        val frames = Throwable().stackTrace.drop(2).filter { "SecurityManager" !in it.className }
        heard += "$what\n" + frames.take(FRAMES).joinToString("\n") { "      at $it" }
        isWriting = false
    }

    companion object {
        private const val FRAMES = 25

        /** Java, the class path, and what stands for the system. */
        private val ground: List<String> by lazy {
            val classes = System.getProperty("java.class.path").split(File.pathSeparator)
            classes + System.getProperty("java.home") + System.getProperty("robolectric.dependency.dir")
        }

        /** What this thread asked for while it did this. */
        fun during(work: () -> Unit): List<String> {
            check(ground.isNotEmpty())
            val before = System.getSecurityManager()
            val watch = Watch()
            System.setSecurityManager(watch)
            try {
                work()
            } finally {
                System.setSecurityManager(before)
            }
            return watch.heard
        }
    }
}
