package vn.sodiaban.fieldbook.words

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringArrayResource
import androidx.compose.ui.res.stringResource
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CalendarMonth

private val Vietnam = ZoneId.of("Asia/Ho_Chi_Minh")
private val Short = DateTimeFormatter.ofPattern("dd/MM/yyyy")
private val Clock = DateTimeFormatter.ofPattern("HH:mm")

fun CalendarDay.toDate(): LocalDate = LocalDate.of(year, month, day)

/** "hôm nay", "hôm qua", else 22/11/2026. */
@Composable
fun CalendarDay.words(today: CalendarDay): String = when (toDate().until(today.toDate(), java.time.temporal.ChronoUnit.DAYS)) {
    0L -> stringResource(R.string.date_today)
    1L -> stringResource(R.string.date_yesterday)
    else -> toDate().format(Short)
}

/** "Chủ nhật, 22/11/2026". */
@Composable
fun CalendarDay.longWords(): String = stringArrayResource(R.array.weekdays)[toDate().dayOfWeek.value - 1] + ", " + toDate().format(Short)

/** "11/2026". */
fun CalendarMonth.words(): String = "%02d/%d".format(month, year)

/** "14:05, 22/11/2026", in Vietnam. */
fun Instant.words(): String = atZone(Vietnam).let { it.format(Clock) + ", " + it.format(Short) }
