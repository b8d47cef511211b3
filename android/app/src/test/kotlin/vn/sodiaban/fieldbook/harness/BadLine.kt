package vn.sodiaban.fieldbook.harness

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread
import org.junit.rules.ExternalResource

/** What happens to one connection. */
enum class Fault(internal val upTo: Int = Int.MAX_VALUE, internal val downTo: Int = Int.MAX_VALUE) {
    PASS,

    /** The office never has the whole of it. */
    LOSE_REQUEST(upTo = 60),

    /** Some of it goes through, then the phone is out of reach. */
    WEAK(upTo = 40_000),

    /** The office did what it was asked, the phone does not know. */
    LOSE_ANSWER(downTo = 0),
    CUT_ANSWER(downTo = 120),

    /** The phone loses the answer, and the line gives the office the same request once more. */
    TWICE(downTo = 0),
}

/** A line between the phones and the office that loses, cuts and repeats, one fault a connection, as planned; then it is as [rest] says. */
class BadLine(private val office: OfficeRule) : ExternalResource() {
    private val door = ServerSocket(0, 0, InetAddress.getLoopbackAddress())
    private val plan = ConcurrentLinkedQueue<Fault>()

    /** Where phones find the office over this line. */
    val url: String = "http://127.0.0.1:${door.localPort}"

    /** What each connection meets when nothing is planned. */
    @Volatile
    var rest = Fault.PASS

    /** How many bytes each connection carried to the office, in the order they ended. */
    val carried = ConcurrentLinkedQueue<Int>()

    /** Faults planned and not yet met. */
    val left: Int get() = plan.size

    fun plan(vararg faults: Fault) = plan.addAll(faults)

    override fun before() {
        thread(isDaemon = true, name = "bad line") {
            while (true) {
                val phone = until { door.accept() } ?: break
                thread(isDaemon = true) { carry(phone, plan.poll() ?: rest) }
            }
        }
    }

    override fun after() = door.close()

    private fun carry(phone: Socket, fault: Fault) {
        val server = until { reach() } ?: return phone.close()
        val sent = ByteArrayOutputStream()
        val up = thread(isDaemon = true) {
            until { copy(phone.getInputStream(), server.getOutputStream(), fault.upTo, sent) }
            if (fault.upTo < Int.MAX_VALUE) server.close() else until { server.shutdownOutput() }
        }
        until { copy(server.getInputStream(), phone.getOutputStream(), fault.downTo) }
        phone.close()
        up.join()
        server.close()
        carried += sent.size()
        if (fault == Fault.TWICE) again(sent.toByteArray())
    }

    private fun again(request: ByteArray) {
        until {
            reach().use { server ->
                server.getOutputStream().write(request)
                server.getInputStream().read()
            }
        }
    }

    private fun reach() = URI(office.url).let { Socket(it.host, it.port) }

    /** Carries at most so many bytes; the first beyond them ends it. */
    private fun copy(from: InputStream, to: OutputStream, most: Int, kept: ByteArrayOutputStream? = null) {
        val piece = ByteArray(PIECE)
        var left = most
        while (true) {
            val read = from.read(piece)
            if (read < 0) return
            val goes = minOf(read, left)
            to.write(piece, 0, goes)
            to.flush()
            kept?.write(piece, 0, goes)
            left -= goes
            if (goes < read) return
        }
    }

    /** The other side may go at any moment. */
    private fun <T> until(carry: () -> T): T? = try {
        carry()
    } catch (_: IOException) {
        null
    }

    private companion object {
        const val PIECE = 4_096
    }
}
