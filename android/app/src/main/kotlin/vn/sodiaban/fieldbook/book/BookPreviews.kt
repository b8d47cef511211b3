package vn.sodiaban.fieldbook.book

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object BookSamples {
    val petition = CaseRow(
        id = "p1",
        kind = CaseKind.PETITION,
        petitionKind = PetitionKind.FEEDBACK,
        text = "Cống số 3 bị sạt, nước mặn tràn vào ruộng",
        unit = "Ấp An Định",
        time = Instant.parse("2026-11-20T02:15:00Z"),
        state = CaseState.RECORDED,
        open = true,
        due = CalendarDay(2026, 11, 24),
        daysLeft = 2,
        dueIsExpected = true,
        urgency = Urgency.URGENT,
        receipt = "BKT-27-4H",
        sending = Sending.Waiting,
        photos = 1,
    )
    private val answered = petition.copy(
        id = "p2",
        petitionKind = PetitionKind.PROPOSAL,
        text = "Xin lắp thêm đèn đường ở ngã ba",
        state = CaseState.ANSWERED,
        open = false,
        sending = Sending.Received,
    )
    private val hamlets = listOf("Ấp An Định", "Ấp An Thạnh", "Ấp An Hòa").mapIndexed { i, name ->
        HamletChoice("h$i", name, "Xã An Qui", own = true)
    }
    private val petitions = BookFilter(kind = CaseKind.PETITION)

    val usual =
        BookState(petitions.copy(openOnly = true, words = "cong"), hamlets, listOf(petition, answered), hasMore = true, isReading = false)
    val empty = BookState(petitions, isReading = false)
    val nothingFound = BookState(BookFilter(words = "mương"), hamlets, isReading = false)
    val failed = BookState(isReading = false, problem = FieldbookException.StorageFull())
}

@Composable
internal fun BookSample(state: BookState) = BookContent(state, {}, {}, {})

@Preview
@Composable
private fun UsualPreview() = FieldbookTheme { BookSample(BookSamples.usual) }

@Preview
@Composable
private fun EmptyPreview() = FieldbookTheme { BookSample(BookSamples.empty) }
