package vn.sodiaban.fieldbook

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Test
import org.w3c.dom.Element

/** Every word on the screen exists in both languages, and none is written in the code. */
class StringsTest {
    private val main = File(checkNotNull(System.getProperty("fieldbook.source")), "android/app/src/main")

    private fun strings(folder: String): Map<String, String> {
        val files = main.resolve("res/$folder").listFiles { file -> file.name.startsWith("strings") }.orEmpty()
        val elements = files.flatMap { file ->
            val nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).documentElement.childNodes
            (0 until nodes.length).map(nodes::item).filterIsInstance<Element>()
        }
        return elements.associate { "${it.tagName} ${it.getAttribute("name")}" to it.textContent }
    }

    private fun placeholders(text: String) = Regex("""%\d\${'$'}[sd]""").findAll(text).map { it.value }.toSortedSet()

    @Test fun bothLanguagesHaveTheSameKeysAndPlaceholders() {
        val (vi, en) = strings("values") to strings("values-en")
        assertEquals(vi.keys, en.keys)
        assertEquals(emptyList<String>(), vi.keys.filter { placeholders(vi.getValue(it)) != placeholders(en.getValue(it)) })
        assertEquals(emptyList<String>(), (vi + en).filterValues { it.isBlank() }.keys.toList())
    }

    @Test fun everyStringIsUsed() {
        val sources = main.resolve("kotlin").walk().filter { it.extension == "kt" }.joinToString("\n") { it.readText() } +
            main.resolve("AndroidManifest.xml").readText()
        assertEquals(
            emptyList<String>(),
            strings("values").keys.map {
                it.substringAfter(' ')
            }.filterNot { Regex("""[./]$it\b""").containsMatchIn(sources) },
        )
    }

    @Test fun noWordsAreWrittenInTheCode() {
        val shown = Regex(""""[^"]*[à-ỹÀ-ỸđĐ][^"]*"|(?:Text|title|question|label|contentDescription)\s*[(=]\s*"[^"]*\p{L}""")
        val samples = Regex("""(Previews|Samples)\.kt$""")
        val found = main.resolve("kotlin").walk().filter { it.extension == "kt" && !samples.containsMatchIn(it.name) }.flatMap { file ->
            file.readLines().filterNot {
                it.trim().startsWith("*") || it.trim().startsWith("/")
            }.filter(shown::containsMatchIn).map { "${file.name}: ${it.trim()}" }
        }
        assertEquals(emptyList<String>(), found.toList())
    }

    @Test fun wordsAreTheOnesOfTheWork() {
        val banned = Regex("""đồng bộ|offline|\b(anh|chị|bạn|ông|bà|cô|chú|bác|tôi)\b""", RegexOption.IGNORE_CASE)
        assertEquals(
            emptyMap<String, String>(),
            strings("values").filterKeys {
                it != "string place_me"
            }.filterValues(banned::containsMatchIn),
        )
    }
}
