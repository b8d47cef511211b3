package vn.sodiaban.fieldbook.book

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.news
import vn.sodiaban.fieldbook.ui.outcome

/** Reads the book fifty records at a time; what changes is read again as far as it was read before. */
class BookViewModel(private val fieldbook: FieldbookInterface, asked: BookFilter) : ViewModel() {
    private val shown = MutableStateFlow(BookState(asked))
    val state: StateFlow<BookState> = shown.asStateFlow()
    private var next: String? = null
    private var reading: Job? = null

    init {
        read(atLeast = 1)
        viewModelScope.launch {
            val own = (outcome { fieldbook.hamlets() } as? Outcome.Done)?.value.orEmpty().filter { it.own }
            shown.update { it.copy(hamlets = own) }
        }
        viewModelScope.launch {
            fieldbook.news().collect { if (it == Change.RECORDS || it == Change.EVERYTHING) read(atLeast = shown.value.rows.size) }
        }
    }

    fun ask(filter: BookFilter) {
        val isTyping = filter.words != shown.value.asked.words
        shown.update { it.copy(asked = filter) }
        read(atLeast = 1, wait = if (isTyping) TYPING_MS else 0)
    }

    /** The end of what was read is in sight. */
    fun more() {
        if (!shown.value.hasMore || reading?.isActive == true) return
        reading = viewModelScope.launch { readOn(shown.value.rows, shown.value.rows.size + 1) }
    }

    private fun read(atLeast: Int, wait: Long = 0) {
        reading?.cancel()
        reading = viewModelScope.launch {
            delay(wait)
            shown.update { it.copy(isReading = true, problem = null) }
            next = null
            val words = shown.value.asked.words
            readOn(if (words.isBlank()) emptyList() else byReceipt(words), atLeast)
        }
    }

    /** A page may hold fewer than fifty of what is asked, even none. */
    private suspend fun readOn(before: List<CaseRow>, atLeast: Int) {
        var rows = before
        do {
            val page = when (val outcome = outcome { fieldbook.cases(shown.value.asked.toCore(), next) }) {
                is Outcome.Done -> outcome.value

                is Outcome.Failed -> {
                    shown.update { it.copy(isReading = false, problem = outcome.problem) }
                    return
                }
            }
            next = page.next
            rows = (rows + page.rows).distinctBy { it.id }
        } while (next != null && rows.size < atLeast)
        shown.update { it.copy(rows = rows, hasMore = next != null, isReading = false) }
    }

    /** What was typed may be a receipt that somebody reads out. */
    private suspend fun byReceipt(typed: String): List<CaseRow> {
        val found = outcome { fieldbook.findReceipt(typed)?.let { fieldbook.case(it).row } }
        return listOfNotNull((found as? Outcome.Done)?.value)
    }
}

private fun BookFilter.toCore() = CaseFilter(kind, hamletId, openOnly, mineOnly, words)

private const val TYPING_MS = 250L
