package vn.sodiaban.fieldbook.book

import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.petition

@RunWith(AndroidJUnit4::class)
class BookFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun search(words: String) = app.see(hasText("Tìm") and hasSetTextAction()).performTextReplacement(words)

    @Test fun wordsWithoutMarksFindEverySpellingAndWithMarksOnlyTheirOwn() {
        val phone = app.enrolled(office, HEAD)
        val receipt = runBlocking {
            phone.fieldbook.petition("Xin lắp thêm đèn đường")
            phone.fieldbook.petition("Xin đắp lại bờ mương")
            phone.fieldbook.petition("Mất dây điện").receipt.orEmpty()
        }
        app.open(phone)
        app.tap("Sổ")
        app.tap("Ý kiến, kiến nghị")
        app.see("Xin lắp thêm đèn đường")
        search("den duong")
        app.seeNo("Xin đắp lại bờ mương")
        app.see("Xin lắp thêm đèn đường")
        search("đèn")
        app.see("Xin lắp thêm đèn đường")
        search("đen")
        app.see("Không tìm thấy", substring = true)
        search(receipt.lowercase().replace("-", " "))
        app.see("Mất dây điện")
        search("")
        app.see("Xin đắp lại bờ mương")
    }

    @Test fun theEndOfAPageInSightBringsTheNextAndNoMore() {
        val phone = app.enrolled(office, HEAD)
        runBlocking { repeat(MANY) { phone.fieldbook.petition("Ý kiến số ${it + 1}") } }
        val book = BookViewModel(phone.fieldbook, BookFilter(CaseKind.PETITION))
        app.until { book.state.value.takeIf { !it.isReading } }
        assertEquals(50, book.state.value.rows.size)
        app.open(phone)
        app.tap("Sổ")
        app.tap("Ý kiến, kiến nghị")
        app.see("Ý kiến số $MANY")
        assertTrue(app.compose.onAllNodes(hasText("Ý kiến số 1")).fetchSemanticsNodes().isEmpty())
        // What is not read yet cannot be scrolled to, so it goes page by page.
        listOf(MANY - 40, MANY - 85, 1).forEach { number ->
            app.see(hasScrollToIndexAction()).performScrollToNode(hasText("Ý kiến số $number"))
            app.see("Ý kiến số $number")
        }
    }

    private companion object {
        const val MANY = 120
    }
}
