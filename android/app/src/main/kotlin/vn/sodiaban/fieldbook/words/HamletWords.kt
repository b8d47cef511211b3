package vn.sodiaban.fieldbook.words

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.HamletState
import vn.sodiaban.fieldbook.ui.Tone

/** A hamlet this month: quá hạn, còn N ngày, đã xuống, chưa đến hạn. */
@Composable
fun HamletState.words(): String = when (this) {
    HamletState.Visited -> stringResource(R.string.hamlet_visited)
    is HamletState.Overdue -> pluralStringResource(R.plurals.hamlet_overdue, monthsMissed, monthsMissed)
    is HamletState.DaysLeft -> pluralStringResource(R.plurals.hamlet_days_left, days, days)
    HamletState.NotYetDue -> stringResource(R.string.hamlet_not_yet_due)
}

fun HamletState.tone(): Tone = when (this) {
    HamletState.Visited -> Tone.GOOD
    is HamletState.Overdue -> Tone.LATE
    is HamletState.DaysLeft -> Tone.SOON
    HamletState.NotYetDue -> Tone.CALM
}
