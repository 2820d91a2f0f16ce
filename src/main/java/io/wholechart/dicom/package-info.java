/**
 * DICOM JSON, as QIDO-RS answers it (PS3.18, annex F), to FHIR R4 resources. Pure: bytes in,
 * resources out. Archives hold studies without a patient's id, dates of before the standard, names
 * of nothing but separators; what is not there is left out, and a study without its UID, which
 * nobody could ever fetch, is counted as unreadable.
 */
@NullMarked
package io.wholechart.dicom;

import org.jspecify.annotations.NullMarked;
