package vn.sodiaban.fieldbook.hamlet

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.HamletPage
import vn.sodiaban.fieldbook.core.PersonLine
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.CallButton
import vn.sodiaban.fieldbook.ui.CaseCard
import vn.sodiaban.fieldbook.ui.LineCard
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.words.plainWords
import vn.sodiaban.fieldbook.words.todayInVietnam
import vn.sodiaban.fieldbook.words.tone
import vn.sodiaban.fieldbook.words.words

@Composable
fun HamletContent(state: Reading<HamletPage>, onGo: Go, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val hamlet = (state as? Reading.Ready)?.value
    val start = hamlet?.takeIf { it.mayVisit }?.id
    Page(
        title = hamlet?.name.orEmpty(),
        modifier = modifier,
        onBack = onBack,
        actions = start?.let { id ->
            { MainButton(stringResource(R.string.action_start_visit), { onGo(Place.Visit(hamletId = id)) }) }
        },
    ) {
        when (state) {
            Reading.Loading -> Text(stringResource(R.string.common_loading))
            is Reading.Failed -> ProblemBlock(state.problem)
            is Reading.Ready -> Ready(state.value, onGo)
        }
    }
}

@Composable
private fun ColumnScope.Ready(hamlet: HamletPage, onGo: Go) {
    if (hamlet.above.isNotEmpty()) Text(hamlet.above.joinToString(", "))
    if (hamlet.earlier.isNotEmpty()) {
        Text(stringResource(R.string.screen_hamlet_earlier, hamlet.earlier.joinToString(", ")), style = MaterialTheme.typography.bodySmall)
    }
    hamlet.state?.let { StatusChip(it.words(), it.tone()) }
    Visits(hamlet)
    People(hamlet)
    if (hamlet.mayVisit) SideButton(stringResource(R.string.action_visit_later), { onGo(Place.Visit(hamletId = hamlet.id, later = true)) })
    if (hamlet.followUps.isNotEmpty()) SectionTitle(stringResource(R.string.screen_today_follow_ups))
    hamlet.followUps.forEach { promise ->
        LineCard({ onGo(Place.Case(promise.visitId)) }) {
            Text(promise.text)
            Text(stringResource(R.string.screen_hamlet_promised, promise.month.words()), style = MaterialTheme.typography.bodySmall)
        }
    }
    SectionTitle(stringResource(R.string.screen_case_history))
    if (hamlet.records.isEmpty()) Text(stringResource(R.string.screen_book_nothing))
    hamlet.records.forEach { row -> CaseCard(row, { onGo(Place.Case(row.id)) }) }
}

@Composable
private fun ColumnScope.Visits(hamlet: HamletPage) {
    val today = todayInVietnam()
    val last = hamlet.visits.firstOrNull()
    Text(last?.let { stringResource(R.string.screen_today_last_visit, it.words(today)) } ?: stringResource(R.string.screen_hamlet_no_visit))
    if (hamlet.visits.size > 1) {
        Text(
            stringResource(R.string.screen_hamlet_visits, hamlet.visits.drop(1).joinToString(", ") { it.plainWords() }),
            style = MaterialTheme.typography.bodySmall,
        )
    }
}

/** Whom to call: head and secretary first. */
@Composable
private fun ColumnScope.People(hamlet: HamletPage) {
    val people = hamlet.people.sortedBy { it.role.rank() }
    if (people.isNotEmpty()) SectionTitle(stringResource(R.string.screen_hamlet_people))
    people.forEach { person ->
        Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
            Text(person.name, style = MaterialTheme.typography.titleSmall)
            Text(person.title.ifEmpty { stringResource(person.role.word()) }, style = MaterialTheme.typography.bodySmall)
            Number(person)
        }
    }
    hamlet.officePhone?.let { CallButton(stringResource(R.string.action_call_office, it), it) }
}

@Composable
private fun Number(person: PersonLine) {
    val number = person.phone
    if (number == null) {
        Text(stringResource(R.string.screen_hamlet_no_number), style = MaterialTheme.typography.bodySmall)
    } else {
        CallButton(stringResource(R.string.action_call, number), number)
    }
}

private fun PostRole.rank(): Int {
    val place = listOf(PostRole.HEAD, PostRole.SECRETARY, PostRole.LIAISON).indexOf(this)
    return if (place < 0) Int.MAX_VALUE else place
}

@StringRes
private fun PostRole.word(): Int = when (this) {
    PostRole.HEAD -> R.string.role_head
    PostRole.SECRETARY -> R.string.role_secretary
    PostRole.LIAISON -> R.string.role_liaison
    PostRole.DESK -> R.string.role_desk
    PostRole.LEADER -> R.string.role_leader
    PostRole.UNKNOWN -> R.string.state_unknown
}
