package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.ClockSubject
import vn.sodiaban.fieldbook.core.RightPlace
import vn.sodiaban.fieldbook.core.SorterClock
import vn.sodiaban.fieldbook.core.SorterQuestion

@StringRes
fun SorterQuestion.sentence(): Int = when (this) {
    SorterQuestion.ACCUSES_PERSON -> R.string.screen_petition_ask_accuses
    SorterQuestion.WANTS_OWN_DECISION_REVIEWED -> R.string.screen_petition_ask_own_decision
    SorterQuestion.OPPOSES_DECISION -> R.string.screen_petition_ask_opposes
    SorterQuestion.REPORTS_HAPPENING -> R.string.screen_petition_ask_happening
    SorterQuestion.CANNOT_WAIT -> R.string.screen_petition_ask_cannot_wait
}

/** An example, for whoever is not sure. */
@StringRes
fun SorterQuestion.example(): Int = when (this) {
    SorterQuestion.ACCUSES_PERSON -> R.string.screen_petition_example_accuses
    SorterQuestion.WANTS_OWN_DECISION_REVIEWED -> R.string.screen_petition_example_own_decision
    SorterQuestion.OPPOSES_DECISION -> R.string.screen_petition_example_opposes
    SorterQuestion.REPORTS_HAPPENING -> R.string.screen_petition_example_happening
    SorterQuestion.CANNOT_WAIT -> R.string.screen_petition_example_cannot_wait
}

/** Where a matter of this kind goes. */
@StringRes
fun RightPlace.sentence(): Int = when (this) {
    RightPlace.COMMUNE -> R.string.screen_petition_to_commune
    RightPlace.DECIDING_BODY -> R.string.screen_petition_to_deciding_body
    RightPlace.IN_PERSON_ONLY -> R.string.screen_petition_to_in_person
}

/** "Trả lời: 3 ngày làm việc, dự kiến 25/11/2026". */
@Composable
fun SorterClock.words(): String {
    val unit = if (workingDays) R.plurals.screen_petition_working_days else R.plurals.screen_petition_days
    val period = pluralStringResource(unit, days, days)
    val what = stringResource(subject.word())
    return when (val day = due) {
        null -> stringResource(R.string.screen_petition_clock_after, what, period)
        else -> stringResource(R.string.screen_petition_clock, what, period, day.plainWords())
    }
}

@StringRes
private fun ClockSubject.word(): Int = when (this) {
    ClockSubject.COMPLAINT_ACCEPTANCE -> R.string.clock_complaint_acceptance

    ClockSubject.COMPLAINT_FIRST, ClockSubject.COMPLAINT_FIRST_COMPLEX, ClockSubject.COMPLAINT_FIRST_REMOTE,
    ClockSubject.COMPLAINT_FIRST_REMOTE_COMPLEX, ClockSubject.COMPLAINT_SECOND, ClockSubject.COMPLAINT_SECOND_COMPLEX,
    ClockSubject.COMPLAINT_SECOND_REMOTE, ClockSubject.COMPLAINT_SECOND_REMOTE_COMPLEX, ClockSubject.DENUNCIATION_SETTLEMENT,
    ClockSubject.DENUNCIATION_COMPLEX, ClockSubject.DENUNCIATION_SPECIALLY_COMPLEX,
    -> R.string.clock_settlement

    ClockSubject.PROPOSAL, ClockSubject.PROPOSAL_URGENT, ClockSubject.PROPOSAL_COMPLEX, ClockSubject.VISIT,
    ClockSubject.REPORT_DAILY, ClockSubject.REPORT_WEEKLY, ClockSubject.REPORT_MONTHLY, ClockSubject.REPORT_QUARTERLY,
    ClockSubject.UNKNOWN,
    -> R.string.clock_answer
}
