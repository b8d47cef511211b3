package vn.sodiaban.fieldbook.harness

import java.io.File
import java.util.concurrent.TimeUnit
import org.junit.rules.ExternalResource
import org.junit.rules.TemporaryFolder

/** The real server as a process of its own on loopback, with one commune, four hamlets, a liaison and a head. All persons are invented. */
class OfficeRule : ExternalResource() {
    private val folder = TemporaryFolder()
    private val data get() = folder.root.resolve("office")
    private var server: Process? = null

    /** Where phones find it; empty while it is stopped. */
    var url: String = ""
        private set
    private var listen = "127.0.0.1:0"

    override fun before() {
        folder.create()
        run("init", "--name", "Xã An Qui")
        listOf("units-village.csv", "hamlets.csv").forEach { run("import-units", File(source, "tests/data/$it").path) }
        listOf(LIAISON, HEAD).forEach { run("person", "add", it) }
        run("post", "add", "--person", LIAISON, "--role", "liaison", "--unit", COMMUNE, "--title", "đảng ủy viên phụ trách", "--from", FROM)
        run("post", "add", "--person", HEAD, "--role", "head", "--unit", "AQ-AD", "--title", "trưởng ấp", "--from", FROM)
        listOf("AQ-AD", "AQ-AT", "AQ-AH").forEach { run("office", "assign", "--person", LIAISON, "--unit", it, "--from", FROM) }
        TOPICS.forEach { run("office", "topic", it, "--unit", COMMUNE) }
        run("backup", folder.root.resolve(COPY).path)
        start()
    }

    override fun after() {
        stop()
        folder.delete()
    }

    /** After a stop it comes back on the port it had. */
    fun start() {
        val process = process("serve", "--listen", listen, "--plain").redirectError(data.resolveSibling("office.log")).start()
        val line = process.inputReader().lineSequence().first { it.startsWith("listening on ") }
        url = line.removePrefix("listening on ").substringBefore(' ').trimEnd('/')
        listen = url.substringAfter("//")
        server = process
    }

    fun stop() {
        server?.destroy()
        server?.waitFor()
        server = null
        url = ""
    }

    /** The office falls back to a copy from before any phone, its key lost: no phone can prove itself any more. */
    fun forgetPhones() {
        stop()
        run("restore", folder.root.resolve(COPY).path)
        data.resolve("keys/office.key").writeBytes(ByteArray(KEY_BYTES) { 7 })
        start()
    }

    /** The writer number of each phone. */
    fun writers(): List<String> = Regex("""\b[0-9a-f]{16}\b""").findAll(run("devices", "list")).map { it.value }.distinct().toList()

    /** Ten digits for a person, to type. They work once. */
    fun digits(person: String): String =
        checkNotNull(
            Regex("""\b\d{5} ?\d{5}\b""").find(run("invite", "--person", person, "--digits", "--server", url)),
        ).value.filter(Char::isDigit)

    /** The text of a QR code for a person. It works once. `server` is where the phone will find the office. */
    fun code(person: String, server: String = url): String =
        run("invite", "--person", person, "--server", server).split(Regex("\\s+")).first { it.startsWith("FIELDBOOK1:") }

    /** One of the office's commands; what it printed. */
    fun run(vararg arguments: String): String {
        val process = process(*arguments).redirectErrorStream(true).start()
        val printed = process.inputReader().readText().trim()
        check(process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) { "${arguments.toList()}: $printed" }
        return printed
    }

    private fun process(vararg arguments: String) =
        ProcessBuilder(File(built, "fieldbook-server").path, *arguments, "--data", data.path)

    companion object {
        const val LIAISON = "Trần Thị Mai"
        const val HEAD = "Lê Văn Bảy"
        val TOPICS = listOf(
            "Sinh hoạt chi bộ",
            "Xây dựng nông thôn mới",
            "Trữ nước mưa, nước ngọt",
            "Phòng, chống hạn mặn, dịch bệnh",
            "Giảm nghèo, xuất khẩu lao động",
            "Phòng, chống tội phạm, tệ nạn",
            "Phát triển, quản lý đảng viên",
            "Vệ sinh môi trường, đường giao thông",
        )
        private const val COMMUNE = "29224"
        private const val FROM = "2025-07-01"
        private const val COMMAND_SECONDS = 30L
        private const val COPY = "copy"
        private const val KEY_BYTES = 32
        private val built = File(checkNotNull(System.getProperty("fieldbook.built")))
        private val source = File(checkNotNull(System.getProperty("fieldbook.source")))
    }
}
