package vn.sodiaban.fieldbook.problem

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.form.FormFault
import vn.sodiaban.fieldbook.form.FormSamples
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.form.PhotoWork
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. */
internal object ProblemSamples {
    private val empty = emptyProblem().copy(hamletId = "h1")
    private val filled = empty.copy(
        text = "Đường liên ấp ngập sâu, học sinh không qua được",
        place = "Đoạn trước nhà văn hóa",
        handling = Handling.PROPOSED,
        toLevel = UnitLevel.COMMUNE,
        photos = listOf(FormSamples.photo),
    )

    private fun at(
        part: ProblemPart,
        entry: ProblemEntry,
        isOneByOne: Boolean,
        change: OpenProblem.() -> OpenProblem = {
            this
        },
    ): ProblemState {
        val pages = ProblemForm.pages(entry, FormSamples.choices, isOneByOne)
        val form = OpenProblem("1", entry, FormSamples.choices, pages, at = pages.indexOfFirst { part in it })
        return ProblemState(FormState(Reading.Ready(form.change())))
    }

    val hamlet = at(ProblemPart.HAMLET, empty, isOneByOne = true)
    val what = at(ProblemPart.WHAT, filled, isOneByOne = true) { copy(photoWork = PhotoWork(ProblemForm.SLOT)) }
    val missing = at(ProblemPart.WHAT, empty, isOneByOne = true) { copy(fault = FormFault(Field.Text, InputFault.MISSING)) }
    val badPhoto = at(ProblemPart.WHAT, empty, isOneByOne = true) {
        copy(photoWork = PhotoWork(ProblemForm.SLOT, FieldbookException.Invalid(Field.Photo, InputFault.NOT_A_PICTURE)))
    }
    val handling = at(ProblemPart.HANDLING, filled, isOneByOne = true)
    val grouped = at(ProblemPart.WHAT, filled, isOneByOne = false)
    val check = at(ProblemPart.CHECK, filled, isOneByOne = true)
}

@Composable
internal fun ProblemSample(state: ProblemState) = ProblemContent(state, FormSamples.actions(), FormSamples.taker, {}, {})

@Preview
@Composable
private fun WhatPreview() = FieldbookTheme { ProblemSample(ProblemSamples.what) }

@Preview
@Composable
private fun CheckPreview() = FieldbookTheme { ProblemSample(ProblemSamples.check) }
