package vn.sodiaban.fieldbook.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.Met
import vn.sodiaban.fieldbook.core.PlaceEvidence
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.ChoiceList
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.HamletList
import vn.sodiaban.fieldbook.form.ManyList
import vn.sodiaban.fieldbook.form.TextBox
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.position.Fixing
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.longWords
import vn.sodiaban.fieldbook.words.toDate
import vn.sodiaban.fieldbook.words.tone
import vn.sodiaban.fieldbook.words.word

@Composable
internal fun HamletQuestion(form: OpenVisit, found: List<HamletChoice>?, onHamlet: (HamletChoice) -> Unit, onFind: (String) -> Unit) =
    HamletList(form.choices.hamlets, found, form.entry.hamletId, onHamlet, onFind)

/** The days a visit may be dated back to, today first: picked, not typed. */
@Composable
internal fun DayQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>) = ChoiceList(
    choices = days(form.choices).map { it to it.longWords() },
    chosen = form.entry.day ?: form.choices.today,
    onChoose = { day -> actions.edit { it.copy(day = day) } },
)

private fun days(choices: FormChoices): List<CalendarDay> =
    generateSequence(choices.today.toDate()) { it.minusDays(1) }
        .takeWhile { it >= choices.earliestDay.toDate() }
        .map { CalendarDay(it.year, it.monthValue, it.dayOfMonth) }
        .toList()

@Composable
internal fun PlaceQuestion(
    form: OpenVisit,
    state: VisitState,
    actions: FormActions<VisitEntry, VisitPart>,
    onFix: () -> Unit,
    onNoFix: () -> Unit,
    onReason: (String) -> Unit,
) = Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
    val entry = form.entry
    if (!entry.isLater) Position(entry, state, onFix, onNoFix)
    if (state.grade?.asksReason == true && state.fixing != Fixing.LOOKING) Reason(form, actions, onReason)
}

@Composable
private fun Position(entry: VisitEntry, state: VisitState, onFix: () -> Unit, onNoFix: () -> Unit) =
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        val evidence = state.grade?.evidence ?: PlaceEvidence.NO_EVIDENCE
        Column(
            Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            if (state.fixing == Fixing.LOOKING) {
                Text(stringResource(R.string.position_looking))
            } else {
                StatusChip(stringResource(evidence.word()), evidence.tone())
            }
            entry.fix?.let { fix ->
                Text(stringResource(R.string.position_accuracy, fix.accuracyM))
                if (fix.approximate) Text(stringResource(R.string.position_approximate))
                if (fix.mock) StatusChip(stringResource(R.string.position_mock), Tone.LATE)
            }
            when (state.fixing) {
                Fixing.IDLE, Fixing.LOOKING -> Unit
                Fixing.NOT_ALLOWED -> Text(stringResource(R.string.position_not_allowed))
                Fixing.SWITCHED_OFF -> Text(stringResource(R.string.position_switched_off))
                Fixing.NOT_FOUND -> Text(stringResource(R.string.position_not_found))
            }
        }
        if (state.fixing != Fixing.LOOKING) {
            val word = if (entry.fix == null) R.string.position_take else R.string.position_again
            SideButton(stringResource(word), onFix, icon = R.drawable.ic_place)
            if (entry.fix != null) LineButton(stringResource(R.string.position_remove), onNoFix)
        }
    }

@Composable
private fun Reason(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>, onReason: (String) -> Unit) {
    val fault = form.fault?.takeIf { it.field == Field.PlaceReason }
    val label = stringResource(R.string.field_place_reason)
    TextBox(
        label = label,
        text = form.entry.placeReason,
        edition = form.edition,
        onType = { typed -> actions.edit { it.copy(placeReason = typed) } },
        fault = fault?.let { faultWords(label, it) },
    )
    val usual = if (form.entry.isLater) {
        listOf(R.string.reason_written_later, R.string.reason_phone_elsewhere)
    } else {
        listOf(R.string.reason_no_signal, R.string.reason_switched_off, R.string.reason_met_elsewhere)
    }
    ChoiceList(usual.map { stringResource(it) }.map { it to it }, form.entry.placeReason, onReason)
}

@Composable
internal fun MetQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>) = Column(
    verticalArrangement = Arrangement.spacedBy(12.dp),
) {
    val known = Met.entries - Met.UNKNOWN
    ManyList(
        choices = known.map { it to stringResource(it.word()) },
        chosen = form.entry.met,
        onChange = { met -> actions.edit { it.copy(met = known.filter(met::contains)) } },
    )
    val label = stringResource(R.string.field_with)
    TextBox(
        label = label,
        text = form.entry.with,
        edition = form.edition,
        onType = { typed -> actions.edit { it.copy(with = typed) } },
        fault = form.fault?.takeIf { it.field == Field.With }?.let { faultWords(label, it) },
    )
}
