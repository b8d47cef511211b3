package vn.sodiaban.fieldbook.book

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.CaseCard
import vn.sodiaban.fieldbook.ui.FilterToggle
import vn.sodiaban.fieldbook.ui.FormField
import vn.sodiaban.fieldbook.ui.ListPage
import vn.sodiaban.fieldbook.ui.PartTab
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.areWordsLarge

@Composable
fun BookContent(state: BookState, onAsk: (BookFilter) -> Unit, onMore: () -> Unit, onGo: Go, modifier: Modifier = Modifier) {
    val list = rememberLazyListState()
    val isEndNear by remember {
        derivedStateOf { list.layoutInfo.run { (visibleItemsInfo.lastOrNull()?.index ?: 0) >= totalItemsCount - NEAR } }
    }
    val onEnd by rememberUpdatedState(onMore)
    LaunchedEffect(isEndNear, state.rows.size, state.hasMore) { if (isEndNear && state.hasMore) onEnd() }
    ListPage(stringResource(R.string.place_book), modifier, list = list) {
        item(key = "asked") { Asked(state, onAsk) }
        state.problem?.let { item(key = "problem") { ProblemBlock(it) } }
        items(state.rows, key = { it.id }, contentType = { "case" }) { row -> CaseCard(row, { onGo(Place.Case(row.id)) }) }
        if (state.isReading || state.hasMore) {
            item(key = "reading") { LinearProgressIndicator(Modifier.fillMaxWidth()) }
        } else if (state.rows.isEmpty() && state.problem == null) {
            item(key = "nothing") { Nothing(state.asked) }
        }
    }
}

@Composable
private fun Asked(state: BookState, onAsk: (BookFilter) -> Unit) = Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
    val asked = state.asked
    FlowRow(
        Modifier.selectableGroup(),
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Parts.forEach { part -> PartTab(stringResource(part.title()), part == asked.kind, { onAsk(asked.copy(kind = part)) }) }
    }
    // With large words the room belongs to what is found.
    val isLarge = areWordsLarge()
    var showsHamlets by rememberSaveable { mutableStateOf(false) }
    FormField(
        label = stringResource(R.string.screen_book_search),
        text = asked.words,
        onType = { onAsk(asked.copy(words = it)) },
        hint = if (isLarge) null else stringResource(R.string.screen_book_search_hint),
    )
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        if (asked.kind != CaseKind.VISIT) {
            FilterToggle(stringResource(R.string.screen_book_open), asked.openOnly, { onAsk(asked.copy(openOnly = !asked.openOnly)) })
        }
        FilterToggle(stringResource(R.string.screen_book_mine), asked.mineOnly, { onAsk(asked.copy(mineOnly = !asked.mineOnly)) })
        if (state.hamlets.size > 1) {
            FilterToggle(stringResource(R.string.screen_book_hamlet), showsHamlets || asked.hamletId != null, {
                showsHamlets = !showsHamlets
            })
        }
        if (showsHamlets || asked.hamletId != null) {
            state.hamlets.forEach { hamlet ->
                val isOn = asked.hamletId == hamlet.id
                FilterToggle(hamlet.name, isOn, { onAsk(asked.copy(hamletId = hamlet.id.takeUnless { isOn })) })
            }
        }
    }
}

@Composable
private fun Nothing(asked: BookFilter) = Text(
    stringResource(if (asked.isNarrow) R.string.screen_book_nothing_found else R.string.screen_book_nothing),
    Modifier.semantics { liveRegion = LiveRegionMode.Polite },
)

@StringRes
private fun CaseKind.title(): Int = when (this) {
    CaseKind.PROBLEM -> R.string.screen_book_problems
    CaseKind.PETITION -> R.string.screen_book_petitions
    CaseKind.VISIT, CaseKind.REPORT -> R.string.screen_book_visits
}

/** So many lines before the end the next page is asked for. */
private const val NEAR = 10
