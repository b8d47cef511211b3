package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.ui.Tone

/** Where a case stands. */
@StringRes
fun CaseState.word(): Int = when (this) {
    CaseState.RECORDED -> R.string.state_recorded
    CaseState.RECEIVED -> R.string.state_received
    CaseState.SORTED -> R.string.state_sorted
    CaseState.FORWARDED -> R.string.state_forwarded
    CaseState.ADVISED -> R.string.state_advised
    CaseState.ACCEPTED -> R.string.state_accepted
    CaseState.DECLINED -> R.string.state_declined
    CaseState.IN_PROGRESS -> R.string.state_in_progress
    CaseState.EXTENDED -> R.string.state_extended
    CaseState.SUSPENDED -> R.string.state_suspended
    CaseState.WITHDRAWN -> R.string.state_withdrawn
    CaseState.RESOLVED -> R.string.state_resolved
    CaseState.ANSWERED -> R.string.state_answered
    CaseState.CLOSED -> R.string.state_closed
    CaseState.RETURNED -> R.string.state_returned
    CaseState.SETTLED -> R.string.state_settled
    CaseState.UNKNOWN -> R.string.state_unknown
}

fun CaseState.tone(): Tone = when (this) {
    CaseState.ANSWERED, CaseState.CLOSED, CaseState.SETTLED, CaseState.ADVISED -> Tone.GOOD

    CaseState.RESOLVED, CaseState.DECLINED, CaseState.EXTENDED, CaseState.SUSPENDED -> Tone.SOON

    CaseState.RETURNED -> Tone.LATE

    CaseState.RECORDED, CaseState.RECEIVED, CaseState.SORTED, CaseState.FORWARDED, CaseState.ACCEPTED,
    CaseState.IN_PROGRESS, CaseState.WITHDRAWN, CaseState.UNKNOWN,
    -> Tone.CALM
}

@StringRes
fun CaseKind.word(): Int = when (this) {
    CaseKind.VISIT -> R.string.kind_visit
    CaseKind.PROBLEM -> R.string.kind_problem
    CaseKind.PETITION -> R.string.kind_petition
    CaseKind.REPORT -> R.string.kind_report
}

@StringRes
fun PetitionKind.word(): Int = when (this) {
    PetitionKind.PROPOSAL -> R.string.petition_proposal
    PetitionKind.FEEDBACK -> R.string.petition_feedback
    PetitionKind.COMPLAINT -> R.string.petition_complaint
    PetitionKind.DENUNCIATION -> R.string.petition_denunciation
    PetitionKind.UNKNOWN -> R.string.kind_petition
}

@StringRes
fun ReportKind.word(): Int = when (this) {
    ReportKind.DAILY -> R.string.report_daily
    ReportKind.WEEKLY -> R.string.report_weekly
    ReportKind.MONTHLY -> R.string.report_monthly
    ReportKind.QUARTERLY -> R.string.report_quarterly
    ReportKind.UNKNOWN -> R.string.kind_report
}

/** "Còn 3 ngày", "Hạn hôm nay", "Quá hạn 2 ngày"; none without a due day. */
@Composable
fun daysLeftWords(daysLeft: Int): String = when {
    daysLeft > 0 -> pluralStringResource(R.plurals.due_days_left, daysLeft, daysLeft)
    daysLeft == 0 -> stringResource(R.string.due_today)
    else -> pluralStringResource(R.plurals.due_late, -daysLeft, -daysLeft)
}

fun daysLeftTone(daysLeft: Int): Tone = when {
    daysLeft < 0 -> Tone.LATE
    daysLeft <= SOON_DAYS -> Tone.SOON
    else -> Tone.CALM
}

private const val SOON_DAYS = 2
