package vn.sodiaban.fieldbook.book

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.petition

/** Ten thousand records in the real core: what is on the screen is read, and a page beyond it, however much there is. */
@RunWith(AndroidJUnit4::class)
class ManyRecordsTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private val pages = mutableListOf<Int>()

    @Test fun whatIsScrolledToIsReadAndNotMuchMore() {
        val phone = app.ended(app.enrolled(office, HEAD)) { config, keys -> Counted(Fieldbook(config, keys)) }
        runBlocking {
            phone.open()
            write(phone.fieldbook)
        }
        app.network(Network.NO_NETWORK)
        app.open(phone)
        app.tap(hasText("Sổ") and hasClickAction())
        app.see("Chưa ghi gì ở đây")
        pages.clear()

        app.tap("Ý kiến, kiến nghị")
        app.see("Ý kiến số $MANY")
        app.compose.waitForIdle()
        assertEquals("the first page and no more", listOf(PAGE), pages)

        (1..SCROLLED / MARK).forEach { step ->
            val mark = "Ý kiến số ${MANY - step * MARK}"
            app.see(hasScrollToIndexAction()).performScrollToNode(hasText(mark))
            app.see(mark)
        }
        app.compose.waitForIdle()
        assertTrue("$pages", pages.all { it == PAGE })
        assertTrue("$pages", pages.sum() in SCROLLED..SCROLLED + 2 * PAGE)

        pages.clear()
        app.see(hasScrollToIndexAction()).performScrollToNode(hasText("Tìm"))
        app.see(hasText("Tìm") and hasSetTextAction()).performTextReplacement("y kien so ${MANY / 2}")
        app.seeNo("Ý kiến số $MANY")
        app.see("Ý kiến số ${MANY / 2}")
        app.compose.waitForIdle()
        assertTrue("a jump reads what it leads to: $pages", pages.sum() <= PAGE)
    }

    /** Most are notes that somebody was shown the way, since each takes one call; a petition every so often is something to scroll to. */
    private suspend fun write(fieldbook: FieldbookInterface) = coroutineScope {
        val hamlet = fieldbook.hamlets().first { it.own }.id
        (1..MANY / MARK).forEach { block ->
            List(MARK - 1) { launch(Dispatchers.IO) { fieldbook.adviseDenunciation(hamlet) } }.joinAll()
            fieldbook.petition("Ý kiến số ${block * MARK}")
        }
    }

    /** The real core; how many records each page of a list held is kept. */
    private inner class Counted(private val core: Fieldbook) :
        FieldbookInterface by core,
        AutoCloseable by core {
        override suspend fun cases(filter: CaseFilter, after: String?) = core.cases(filter, after).also { pages += it.rows.size }
    }

    private companion object {
        const val MANY = 10_000
        const val MARK = 40
        const val PAGE = 50
        const val SCROLLED = 400
    }
}
